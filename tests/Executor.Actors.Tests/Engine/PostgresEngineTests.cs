using Executor.Actors.Journal;
using Executor.Actors.Tests.Servers;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Messaging;
using Executor.Storage.Postgres;

namespace Executor.Actors.Tests.Engine;

/// <summary>Whole nodes, all of whose memory is in PostgreSQL.</summary>
public sealed class PostgresEngineTests
{
    [Fact]
    [Trait("lesson", "12.2")]
    public async Task Two_connections_a_node_are_enough_for_two_hundred_runs_that_end_together_on_three_nodes()
    {
        await using var database = await TestNode.MadeAsync();
        var options = database.Options with { MaximumPoolSize = 2 };
        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Node.StartAsync(options, $"node-{n}")));

        var ended = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => nodes[n % 3].RunAsync(new RunId($"run-{n}"))));

        Assert.All(ended, run => Assert.Equal(RunStatus.Completed, run.Status));
        var started = nodes.SelectMany(node => node.Worker.Started).ToList();
        Assert.Equal(1200, started.Count);
        Assert.Equal(1200, started.DistinctBy(request => request.Id).Count());
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await using var stores = await database.Schema.OpenAsync();
        Assert.All(
            await stores.Executions.RunsAsync(new Core.RunQuery(500), CancellationToken.None),
            row => Assert.Equal(RunStatus.Completed, row.Status));
    }

    [Fact]
    public async Task Three_nodes_that_migrate_and_start_at_once_on_an_empty_database_all_work()
    {
        await using var schema = await TestSchema.UnmadeAsync();

        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Task.Run(async () =>
        {
            await PostgresSchema.MigrateAsync(schema.Options, null, CancellationToken.None);
            return await Node.StartAsync(schema.Options, $"node-{n}");
        })));
        var ended = await Task.WhenAll(nodes.Select((node, n) => node.RunAsync(new RunId($"run-{n}"))));

        Assert.All(ended, run => Assert.Equal(RunStatus.Completed, run.Status));
        Assert.All(nodes, node => Assert.Equal(6, node.Worker.Started.Count));
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Runs_end_as_they_should_while_connections_are_cut()
    {
        await using var database = await TestNode.MadeAsync();
        await using var node = await Node.StartAsync(database.Options, "node");

        var running = Task.WhenAll(Enumerable.Range(0, 20).Select(n => node.RunAsync(new RunId($"run-{n}"))));
        for (var seen = 0; seen < 100 && !running.IsCompleted; seen += 20)
        {
            while (node.Worker.Started.Count < seen && !running.IsCompleted)
            {
                await Task.Yield();
            }

            await database.Schema.ExecuteAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{database.Role}'");
        }

        Assert.All(await running, run => Assert.Equal(RunStatus.Completed, run.Status));
        Assert.Equal(120, node.Worker.Started.Count);
        Assert.Equal(120, node.Worker.Started.DistinctBy(request => request.Id).Count());
    }

    private sealed record Node(PostgresStores Stores, ExecutorSystem System, FakeWorker Worker) : IAsyncDisposable
    {
        public static async Task<Node> StartAsync(PostgresOptions options, string name)
        {
            var stores = await PostgresStores.OpenAsync(options, CancellationToken.None);
            var queue = new InProcessQueue();
            var system = await ExecutorSystem.StartAsync(
                new ActorsOptions
                {
                    Journal = options.JournalConnection,
                    JournalDatabase = JournalDatabase.Postgres,
                    ConfigurationFile = "postgres.conf",
                    TokenKey = new byte[32],
                    Node = name,
                    LogLevel = "ERROR",
                    ReconcileEvery = TimeSpan.FromSeconds(1),
                    StaleAfter = TimeSpan.FromSeconds(10),
                    Patience = TimeSpan.FromSeconds(5),
                },
                new ActorsPorts(stores.Guard, stores.Executions, stores.Catalog, stores.DueTimes, queue, queue, queue),
                CancellationToken.None);
            return new Node(stores, system, new FakeWorker(queue, () => DateTimeOffset.UtcNow));
        }

        public async Task<RunState> RunAsync(RunId run)
        {
            using var late = new CancellationTokenSource(TestEngine.Patience * 2);
            var accepted = await System.StartRunAsync(
                run, TestEngine.Workflow(SeedWorkflow.Yaml), Value.Map.Empty, RunLimits.Default, null, late.Token);
            Assert.Null(accepted.Refusal);
            return await System.WhenEndedAsync(run, late.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await Worker.DisposeAsync();
            await System.FlushAsync();
            await System.System.Terminate();
            await Stores.DisposeAsync();
        }
    }
}
