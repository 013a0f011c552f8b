using System.Reflection;
using Executor.Storage;
using Executor.Storage.Reading;
using Executor.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace Executor.Actors.Tests.Storage;

/// <summary>No statement reads a whole table: each finds its rows by an index, and in the order it wants them.</summary>
public sealed class QueryPlanTests
{
    private static readonly Type[] Stores =
    [
        typeof(DispatchGuard), typeof(GuardRows), typeof(ExecutionStore), typeof(RunReads), typeof(WorkflowCatalog),
        typeof(DueTimes), typeof(InquiryStore), typeof(InquiryReads), typeof(AnswerOffers),
    ];

    // Reads in the order of an index until the limit: the first page of the newest, or of the open runs, or of those that
    // are counted; and then what was read by it.
    private static readonly string[] Walks =
    [
        "SCAN run USING INDEX run_newest", "SCAN run USING INDEX run_open", "SCAN guard USING COVERING INDEX guard_leased",
        "SCAN guard USING INDEX guard_unclaimed", "SCAN CONSTANT ROW", "SCAN s", "SCAN r", "SCAN e",
    ];

    public static TheoryData<string, string> Statements
    {
        get
        {
            var statements = new TheoryData<string, string>();
            foreach (var store in Stores)
            {
                foreach (var text in store.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
                {
                    if (text.IsLiteral && text.GetRawConstantValue() is string sql && sql != GuardRows.Columns)
                    {
                        statements.Add($"{store.Name}.{text.Name}", sql);
                    }
                }
            }

            return statements;
        }
    }

    [Theory]
    [MemberData(nameof(Statements))]
    [Trait("lesson", "13.5")]
    public async Task A_statement_finds_its_rows_by_index(string name, string sql)
    {
        using var directory = new DataDirectory();
        await (await directory.OpenAsync()).DisposeAsync();
        using var connection = directory.Connect();

        var plan = Plan(connection, sql);

        Assert.All(plan.Except(Walks), step =>
        {
            Assert.False(step.StartsWith("SCAN", StringComparison.Ordinal), $"{name}: {step}");
            Assert.False(step.Contains("TEMP B-TREE", StringComparison.Ordinal), $"{name}: {step}");
            Assert.False(step.Contains("AUTOMATIC", StringComparison.Ordinal), $"{name}: {step}");
        });
    }

    [Fact]
    public void All_statements_of_the_stores_are_looked_at() => Assert.InRange(Statements.Count, 20, 100);

    [Fact]
    public async Task A_statement_without_an_index_would_be_noticed()
    {
        using var directory = new DataDirectory();
        await (await directory.OpenAsync()).DisposeAsync();
        using var connection = directory.Connect();

        Assert.Contains("SCAN guard", Plan(connection, "SELECT * FROM guard WHERE worker = 'w1'"));
    }

    private static List<string> Plan(SqliteConnection connection, string sql)
    {
        connection.CreateFunction("executor_now", () => 0L);
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Parameters(sql))
        {
            command.Parameters.AddWithValue(name, 1);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    private static IEnumerable<string> Parameters(string sql) => sql
        .Split([' ', ',', '(', ')', '\n', '*'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word[0] == '@')
        .Distinct();
}
