using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Remote;
using Executor.Actors.Tests.Engine;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Cluster;

/// <summary>Nodes leave and come while runs are under way.</summary>
public sealed class HandOverTests
{
    private const string Long =
        """
        ref: test.long
        tasks:
          - name: each
            action: core.noop
            with_items: "{{ range(40) }}"
            concurrency: 4
            next: [{when: "{{ succeeded() }}", do: last}]
          - name: last
            action: core.noop
        """;

    private const int Runs = 30;

    [Fact]
    public async Task Every_node_is_replaced_under_load_and_no_run_fails_or_repeats_anything()
    {
        await using var cluster = await TestCluster.StartAsync(nodes: 3);
        await using var worker = new FakeWorker(await cluster.LinkAsync(), Now, slots: 4, name: "default.w");
        var runs = Enumerable.Range(0, Runs).Select(n => new RunId($"run-{n}")).ToList();
        await Task.WhenAll(runs.Select((run, n) => cluster.Nodes[n % 3].StartRunAsync(run, Long)));
        var spare = TestCluster.FreePorts(3);

        foreach (var (node, port) in cluster.Nodes.ToArray().Zip(spare))
        {
            var before = worker.Started.Count;
            await node.DisposeAsync();
            cluster.Nodes.Remove(node);
            // The others have taken over once work goes on.
            await Eventually.IsAsync(() => worker.Started.Count > before || worker.Started.Count == Runs * 41, default);
            await cluster.AddAsync(port, [.. cluster.Nodes.Select(stays => stays.Port)]);
            await cluster.AreUpAsync(3);
        }

        var ended = await Task.WhenAll(runs.Select(run => cluster.Nodes[0].EndOfAsync(run)));
        Assert.All(ended, run => Assert.Equal((RunStatus.Completed, 41), (run.Status, run.Dispatches)));
        AssertOnceEach(worker.Started);
    }

    [Fact]
    [Trait("lesson", "6.6")]
    public async Task A_run_is_told_asked_and_cancelled_through_any_node()
    {
        await using var cluster = await TestCluster.StartAsync(nodes: 2);
        var run = new RunId("run");
        await cluster.Nodes[0].StartRunAsync(run, Long);

        await cluster.Nodes[1].StartRunAsync(run, Long);
        await cluster.Nodes[0].StartRunAsync(run, Long);
        var reports = await Task.WhenAll(cluster.Nodes.Select(node => node.System.ReportAsync(run, default)));
        await cluster.Nodes[1].System.CancelAsync(run, "no longer needed", default);
        var ended = await Task.WhenAll(cluster.Nodes.Select(node => node.EndOfAsync(run)));

        Assert.All(reports, report => Assert.Equal((RunStatus.Running, 4), (report.View.Status, report.View.Dispatches)));
        Assert.All(ended, view => Assert.Equal((RunStatus.Cancelled, 4), (view.Status, view.Dispatches)));
    }

    [Fact]
    public async Task A_node_that_a_member_has_removed_leaves_and_believes_nobody_else()
    {
        await using var cluster = await TestCluster.StartAsync(nodes: 2);
        var (told, other) = (cluster.Nodes[0].System, cluster.Nodes[1].System);
        Address AddressOf(ExecutorSystem node) => Akka.Cluster.Cluster.Get(node.System).SelfAddress;
        void SayTo(ExecutorSystem node, Address from) =>
            node.System.EventStream.Publish(new ThisActorSystemQuarantinedEvent(AddressOf(node), from));

        SayTo(other, AddressOf(other).WithPort(1));
        SayTo(told, AddressOf(other));

        await told.WhenStopped.WaitAsync(TestCluster.Patience);
        await Eventually.IsAsync(() => other.Cluster!.Members.Length == 1, default);
        Assert.Equal("up", other.MemberStatus);
    }

    private static void AssertOnceEach(ConcurrentQueue<TaskRequest> started)
    {
        Assert.Equal(Runs * 41, started.Count);
        Assert.Equal(Runs * 41, started.DistinctBy(request => request.Id).Count());
    }

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
}
