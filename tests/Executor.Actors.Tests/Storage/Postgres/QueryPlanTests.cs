using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage;
using Executor.Storage.Postgres;
using Executor.Storage.Reading;
using Executor.Storage.Rows;
using Npgsql;

namespace Executor.Actors.Tests.Storage.Postgres;

/// <summary>No statement reads a whole table, neither when tables are large nor when nothing is known of them yet.</summary>
public sealed partial class QueryPlanTests(LargeTables tables) : IClassFixture<LargeTables>
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private static readonly Type[] Texts =
    [
        typeof(PostgresGuard), typeof(GuardRows), typeof(PostgresExecutions), typeof(RunReads), typeof(WorkflowCatalog),
        typeof(PostgresDueTimes), typeof(JournalReader), typeof(PostgresInquiries), typeof(InquiryReads),
    ];

    private static readonly string[] Numbers = ["lease", "limit", "skip", "Limit", "age", "now", "number", "Since", "visit", "item", "attempt"];
    private static readonly string[] NumberLists =
        ["entries", "sequence", "created", "times", "started", "endedAt", "opened", "due", "closedAt"];

    private static readonly string[] SmallLists =
        ["visits", "items", "attempts", "ended", "closed", "parentVisit", "parentItem", "parentAttempt"];

    public static TheoryData<string, string> Statements
    {
        get
        {
            var statements = new TheoryData<string, string>
            {
                { "DueTimes.Due", DueTimes.Due },
                { "RunReads newest", RunReads.NewestOf(new RunQuery(1)) },
                { "RunReads before", RunReads.NewestOf(new RunQuery(1, new RunId("r"))) },
                { "RunReads open", RunReads.NewestOf(new RunQuery(1, OnlyOpen: true)) },
                { "RunReads open before", RunReads.NewestOf(new RunQuery(1, new RunId("r"), OnlyOpen: true)) },
                { "RunReads status", RunReads.NewestOf(new RunQuery(1, Status: RunStatus.Failed)) },
                { "RunReads workflow", RunReads.NewestOf(new RunQuery(1, new RunId("r"), Workflow: "w")) },
                { "InquiryReads newest", InquiryReads.NewestOf(new InquiryQuery(1)) },
                { "InquiryReads before", InquiryReads.NewestOf(new InquiryQuery(1, new DispatchId("d"))) },
                { "InquiryReads open", InquiryReads.NewestOf(new InquiryQuery(1, OnlyOpen: true)) },
                { "InquiryReads run", InquiryReads.NewestOf(new InquiryQuery(1, Run: new RunId("r"))) },
                { "RunReads since", RunReads.NewestOf(new RunQuery(1, Since: DateTimeOffset.UnixEpoch)) },
            };
            foreach (var text in Texts.SelectMany(type => type.GetFields(
                BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)))
            {
                var name = $"{text.DeclaringType!.Name}.{text.Name}";
                if (text.IsLiteral && text.GetRawConstantValue() is string sql && name != "GuardRows.Columns")
                {
                    statements.Add(name, sql);
                }
            }

            return statements;
        }
    }

    [Theory]
    [MemberData(nameof(Statements))]
    [Trait("lesson", "13.5")]
    public async Task A_statement_finds_its_rows_by_index_among_a_hundred_thousand(string name, string sql)
    {
        await using var connection = await tables.Schema.ConnectAsync();

        AssertByIndex(name, await PlanAsync(connection, sql));
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_node_that_plans_while_its_tables_are_empty_keeps_to_the_indexes(string name, string sql)
    {
        var node = new NpgsqlConnectionStringBuilder(PostgresConnections.Stores(tables.Empty.Options))
        {
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(node.ToString());
        await connection.OpenAsync();

        AssertByIndex(name, await PlanAsync(connection, sql));
    }

    /// <summary>The indexes of open rows hold all that waits and all that runs, however much that is.</summary>
    [Theory]
    [InlineData("MarkSent")]
    [InlineData("Claim")]
    [InlineData("Renew")]
    [InlineData("Close")]
    public async Task A_batch_of_the_guard_reads_the_rows_that_it_names_and_no_other_open_ones(string name)
    {
        var sql = (string)typeof(PostgresGuard).GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!
            .GetRawConstantValue()!;
        await using var connection = await tables.Schema.ConnectAsync();
        await connection.ExecuteAsync("SET enable_seqscan = off");

        var plan = await PlanAsync(connection, sql);

        Assert.Contains("guard_pkey", plan);
        Assert.DoesNotContain("guard_unclaimed", plan);
        Assert.DoesNotContain("guard_leased", plan);
    }

    [Fact]
    public void All_statements_of_the_stores_are_looked_at() => Assert.InRange(Statements.Count, 24, 100);

    [Fact]
    public async Task A_statement_without_an_index_would_be_noticed()
    {
        await using var connection = await tables.Schema.ConnectAsync();

        Assert.Contains("Seq Scan on guard", await PlanAsync(connection, "SELECT * FROM guard WHERE worker = @worker"));
    }

    [Fact]
    [Trait("lesson", "13.5")]
    public async Task The_seven_open_runs_of_a_hundred_thousand_come_in_two_pages()
    {
        await using var stores = await tables.Schema.OpenAsync();

        var first = await stores.Executions.RunsAsync(new RunQuery(5, OnlyOpen: true), Never);
        var second = await stores.Executions.RunsAsync(new RunQuery(5, first[^1].Id, OnlyOpen: true), Never);

        Assert.Equal((5, 2), (first.Count, second.Count));
        Assert.All(first.Concat(second), row => Assert.Equal(RunStatus.Running, row.Status));
    }

    private static void AssertByIndex(string name, string plan)
    {
        Assert.False(plan.Contains("Seq Scan", StringComparison.Ordinal), $"{name}:\n{plan}");
        Assert.False(
            plan.Contains("Sort", StringComparison.Ordinal) && !plan.Contains("LockRows", StringComparison.Ordinal),
            $"{name}:\n{plan}");
    }

    /// <summary>The plan for any values, as a node has it after a few calls.</summary>
    private static async Task<string> PlanAsync(NpgsqlConnection connection, string sql)
    {
        var names = Parameter().Matches(sql).Select(match => match.Groups[1].Value).Distinct().ToList();
        var text = Parameter().Replace(sql, match => $"${names.IndexOf(match.Groups[1].Value) + 1}");
        var types = names.Select(name => TypeOf(name, sql)).ToList();
        var prepared = types.Count == 0 ? "p" : $"p ({string.Join(", ", types)})";
        var values = types.Count == 0 ? "p" : $"p ({string.Join(", ", types.Select(_ => "NULL"))})";
        await connection.ExecuteAsync($"SET plan_cache_mode = force_generic_plan; PREPARE {prepared} AS {text}");
        return string.Join("\n", await connection.QueryAsync<string>($"EXPLAIN EXECUTE {values}"));
    }

    private static string TypeOf(string name, string sql)
    {
        var isList = sql.Contains($"ANY (@{name})", StringComparison.Ordinal)
            || (sql.Contains("unnest(", StringComparison.Ordinal) && !Numbers.Contains(name));
        return name switch
        {
            _ when isList && NumberLists.Contains(name) => "BIGINT[]",
            _ when isList && SmallLists.Contains(name) => "INTEGER[]",
            _ when isList => "TEXT[]",
            _ when Numbers.Contains(name) => "BIGINT",
            "after" when sql.Contains("sequence_number > @after", StringComparison.Ordinal) => "BIGINT",
            "after" when sql.Contains("(due_at, run) > (@after", StringComparison.Ordinal) => "BIGINT",
            _ => "TEXT",
        };
    }

    [GeneratedRegex("@([A-Za-z]+)")]
    private static partial Regex Parameter();
}
