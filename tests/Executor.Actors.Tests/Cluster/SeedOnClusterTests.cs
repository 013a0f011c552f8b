using Executor.Actors.Tests.Engine;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Storage.Postgres;

namespace Executor.Actors.Tests.Cluster;

/// <summary>The classic case on three nodes, PostgreSQL and RabbitMQ.</summary>
public sealed class SeedOnClusterTests
{
    private const int Runs = 200;

    [Fact]
    [Trait("lesson", "1.1")]
    public async Task Workers_that_write_completed_before_they_tell_and_tell_twice_start_no_successor_twice()
    {
        await using var cluster = await TestCluster.StartAsync(nodes: 3);
        var stores = await cluster.StoresAsync();
        await using var honest = new FakeWorker(await cluster.LinkAsync(), Now, name: "default.honest");
        await using var other = new FakeWorker(await cluster.LinkAsync(), Now, name: "default.other");
        await using var foreign = new FakeWorker(
            await cluster.LinkAsync(), Now, slots: 16, name: "default.foreign", reports: 2,
            act: request => WriteCompleted(stores, request));
        var runs = Enumerable.Range(0, Runs).Select(n => new RunId($"run-{n}")).ToList();

        await Task.WhenAll(runs.Select((run, n) => cluster.Nodes[n % 3].StartRunAsync(run, SeedWorkflow.Yaml)));
        var ended = await Task.WhenAll(runs.Select((run, n) => cluster.Nodes[(n + 1) % 3].EndOfAsync(run)));

        Assert.All(ended, run => Assert.Equal((RunStatus.Completed, 6), (run.Status, run.Dispatches)));
        var started = honest.Started.Concat(other.Started).Concat(foreign.Started).ToList();
        Assert.Equal(Runs * 6, started.Count);
        Assert.Equal(Runs, started.Where(request => request.Slot.Task == "validate").DistinctBy(request => request.Run).Count());
        Assert.Equal(Runs * 6, started.DistinctBy(request => request.Id).Count());
        Assert.NotEmpty(foreign.Started);
        foreach (var run in runs)
        {
            var rows = await stores.Guard.RowsAsync(run, CancellationToken.None);
            Assert.Equal(6, rows.Count);
            Assert.Single(rows, row => row.Slot.Task == "validate");
        }
    }

    /// <summary>What made the old listener count no siblings left: all rows say completed before anybody has been told.</summary>
    private static ItemOutcome WriteCompleted(PostgresStores stores, TaskRequest request)
    {
        var row = new ExecutionRow(
            request.Id, request.Run, request.Slot, 0, SlotStatus.Completed, "core.noop", "default.foreign", Now(), Now(), null);
        stores.Executions.WriteAsync([], [row], CancellationToken.None).GetAwaiter().GetResult();
        return new ItemOutcome(SlotStatus.Completed, Value.Of(request.Slot.Item));
    }

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
}
