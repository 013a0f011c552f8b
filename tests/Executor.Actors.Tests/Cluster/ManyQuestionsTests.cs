using Dapper;
using Executor.Actors.Tests.Engine;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage;
using Executor.Storage.Postgres;
using Executor.Storage.Rows;
using Npgsql;

namespace Executor.Actors.Tests.Cluster;

/// <summary>Questions are many and wait long; what becomes due among them costs no look at the others.</summary>
public sealed class ManyQuestionsTests
{
    private const string Others =
        """
        INSERT INTO inquiry SELECT
            md5(n::TEXT), 'other-' || n, 'ask', 1, -1, 1, 2, 'w', 'running', 0, '{"prompt":"?"}', n,
            9000000000000000 + n, NULL, NULL, NULL
        FROM generate_series(1, 9999) AS n;
        INSERT INTO due (run, due_at) SELECT 'other-' || n, 9000000000000000 + n FROM generate_series(1, 9999) AS n;
        ANALYZE inquiry, due
        """;

    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    [Trait("lesson", "6.5")]
    public async Task Of_ten_thousand_open_questions_the_run_of_the_one_that_is_due_is_woken_and_no_other_row_is_touched()
    {
        await using var cluster = await TestCluster.StartAsync(nodes: 1);
        await using var database = await cluster.ConnectAsync();
        await database.ExecuteAsync(Others);
        var stores = await cluster.StoresAsync();
        var run = new RunId("asks");
        await cluster.Nodes[0].StartRunAsync(
            run, "tasks: [{name: ask, action: core.ask, timeout: 3, input: {prompt: 'Go on?'}}]");
        await Eventually.IsAsync(async () => await OpenAsync(database) == 10_000, Never);
        var first = cluster.Nodes[0];
        cluster.Nodes.Remove(first);
        await first.DisposeAsync();
        await Eventually.IsAsync(async () => (await DueAsync(stores)).Count == 1, Never);

        var plan = await PlanAsync(database);
        await cluster.AddAsync(first.Port, [first.Port]);
        await Eventually.IsAsync(async () => await OpenAsync(database) == 9_999, Never);

        Assert.Contains("using due_earliest", plan, StringComparison.Ordinal);
        Assert.Contains("actual rows=1 ", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Rows Removed", plan, StringComparison.Ordinal);
        var row = Assert.Single(await stores.Inquiries.ListAsync(new InquiryQuery(9, Run: run), Never));
        Assert.Equal(SlotStatus.Timeout, row.Status);
        Assert.Equal(9_999, await database.ExecuteScalarAsync<int>(
            "SELECT count(*) FROM due WHERE run LIKE 'other-%' AND holder IS NULL AND entries = 0"));
        Assert.Equal(0, await database.ExecuteScalarAsync<int>(
            "SELECT count(*) FROM journal WHERE persistence_id LIKE '%other-%'"));
    }

    private static Task<int> OpenAsync(NpgsqlConnection database) =>
        database.ExecuteScalarAsync<int>("SELECT count(*) FROM inquiry WHERE closed = 0");

    private static Task<IReadOnlyList<DueRun>> DueAsync(PostgresStores stores) =>
        stores.DueTimes.DueAsync(DateTimeOffset.UtcNow, null, 9, Never);

    private static async Task<string> PlanAsync(NpgsqlConnection database) => string.Join("\n", await database.QueryAsync<string>(
        "EXPLAIN (ANALYZE, TIMING OFF) " + DueTimes.Due, DueLine.Page(DateTimeOffset.UtcNow, null, 500)));
}
