using Executor.Actors.Tests.Engine;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Cluster;

/// <summary>Runs that call runs which live on other nodes.</summary>
public sealed class FamilyOnClusterTests
{
    private const int Children = 24;

    [Fact]
    public async Task Calls_and_ends_go_from_node_to_node_while_one_of_them_leaves()
    {
        await using var cluster = await TestCluster.StartAsync(nodes: 3);
        cluster.Workflows["lib.child"] = TestEngine.Workflow(
            """
            parameters: {n: {type: integer, required: true}}
            tasks: [{name: one, action: core.noop, next: [{do: two}]}, {name: two, action: core.noop}]
            output_map: {n: "{{ parameters.n }}"}
            """);
        await using var worker = new FakeWorker(
            await cluster.LinkAsync(), () => TimeProvider.System.GetUtcNow(), slots: 4, name: "default.w");
        var run = new RunId("run");
        await cluster.Nodes[0].StartRunAsync(
            run,
            """
            tasks:
              - name: call
                action: lib.child
                with_items: "{{ range(24) }}"
                concurrency: 6
                input: {n: "{{ item }}"}
            output_map: {all: "{{ map(task.call, 'n') }}"}
            """);
        await Eventually.IsAsync(() => worker.Started.Count > 8, default);

        var leaving = cluster.Nodes[2];
        cluster.Nodes.Remove(leaving);
        await leaving.DisposeAsync();

        var ended = await cluster.Nodes[0].EndOfAsync(run);
        Assert.Equal(RunStatus.Completed, ended.Status);
        Assert.Equal(2 * Children, worker.Started.Count);
        Assert.Equal(2 * Children, worker.Started.DistinctBy(request => request.Id).Count());
        var stores = await cluster.StoresAsync();
        await Eventually.IsAsync(
            async () => (await stores.Executions.RunsAsync(new RunQuery(Children + 1, Parent: run), default))
                .Count(row => row.Status == RunStatus.Completed) == Children,
            default);
        await Eventually.IsAsync(
            async () => (await stores.DueTimes.DueAsync(DateTimeOffset.MaxValue, null, 1, default)).Count == 0, default);
    }
}
