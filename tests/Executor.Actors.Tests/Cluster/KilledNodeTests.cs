using Executor.Actors.Tests.Engine;
using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Cluster;

/// <summary>Nodes die in the middle of a large group, without a word.</summary>
public sealed class KilledNodeTests
{
    private const int Items = 1_000;
    private const int Concurrency = 50;

    /// <summary>It does not leave the cluster: the others find out that it is gone.</summary>
    private const string Mortal = "akka.coordinated-shutdown.run-by-actor-system-terminate = off";

    private static readonly string Many =
        $$$"""
        ref: test.many
        tasks:
          - name: each
            action: core.noop
            with_items: "{{ range({{{Items}}}) }}"
            concurrency: {{{Concurrency}}}
            next: [{when: "{{ succeeded() }}", do: last}]
          - name: last
            action: core.noop
        """;

    [Fact]
    [Trait("vector", "W31")]
    public async Task A_thousand_items_have_one_row_each_are_started_once_each_and_have_one_successor()
    {
        var run = new RunId("run");
        await using var cluster = await TestCluster.EmptyAsync();
        var ports = TestCluster.FreePorts(5);
        await Task.WhenAll(ports[..3].Select(port => cluster.AddAsync(port, ports[..3], settings: Mortal)));
        await cluster.AreUpAsync(3);
        var bothDead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = new FaultyWorkerLink(await cluster.LinkAsync(), Held(bothDead.Task));
        await using var worker = new FakeWorker(link, TimeProvider.System.GetUtcNow, Concurrency, "default.w");
        await cluster.Nodes[0].StartRunAsync(run, Many);

        try
        {
            foreach (var newcomer in ports[3..])
            {
                var (seen, more) = (worker.Started.Count, Random.Shared.Next(Items / 4));
                await Eventually.IsAsync(() => worker.Started.Count >= Math.Min(seen + more, Items - Concurrency), default);
                await cluster.KillAsync(cluster.Nodes[Random.Shared.Next(3)]);
                await cluster.AddAsync(newcomer, [.. cluster.Nodes.Select(stays => stays.Port)], settings: Mortal);
                await cluster.AreUpAsync(3);
            }
        }
        finally
        {
            bothDead.SetResult();
        }

        var ended = await cluster.Nodes[0].EndOfAsync(run);
        Assert.Equal((RunStatus.Completed, Items + 1), (ended.Status, ended.Dispatches));
        Assert.Equal(Items + 1, worker.Started.Count);
        Assert.Equal(Items + 1, worker.Started.DistinctBy(request => request.Slot).Count());
        Assert.Single(worker.Started, request => request.Slot.Task == "last");
        var stores = await cluster.StoresAsync();
        Assert.Equal(Items + 1, (await stores.Guard.RowsAsync(run, default)).Count);
        await Eventually.IsAsync(
            async () => (await stores.Executions.ExecutionsAsync(run, default)).Count(row => row.EndedAt is not null) == Items + 1,
            default);
    }

    /// <summary>
    /// One result comes late, so that the run cannot end before. Only one: a worker that holds a result has the next
    /// request in hand as well.
    /// </summary>
    private static FaultPlan Held(Task until) =>
        new FaultPlan().At("worker.report", Items / 2, Fault.Delay.Until(until));
}
