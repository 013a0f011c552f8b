using Executor.Actors.Tests.Engine;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Cluster;

/// <summary>Questions of runs that live on other nodes than that which hears the answer.</summary>
public sealed class QuestionOnClusterTests
{
    private const int Questions = 12;

    [Fact]
    public async Task Questions_are_answered_at_any_node_once_while_one_of_them_leaves()
    {
        await using var cluster = await TestCluster.StartAsync(nodes: 3);
        for (var number = 0; number < Questions; number++)
        {
            await cluster.Nodes[number % 3].StartRunAsync(
                new RunId($"run-{number}"),
                "tasks: [{name: ask, action: core.ask, input: {prompt: 'Go on?'}}]\noutput_map: {by: '{{ task.ask.responded_by }}'}");
        }

        var stores = await cluster.StoresAsync();
        await Eventually.IsAsync(async () => (await OpenAsync(stores.Inquiries)).Count == Questions, default);
        var leaving = cluster.Nodes[2];
        cluster.Nodes.Remove(leaving);
        await leaving.DisposeAsync();

        foreach (var row in await OpenAsync(stores.Inquiries))
        {
            var said = await Task.WhenAll(cluster.Nodes.Select((node, place) =>
                node.System.AnswerAsync(row.Run, row.Slot, Value.True, $"p{place}", default)));

            Assert.Equal([null, RunCodes.InquiryClosed], said.Select(one => one.Refusal?.Code).Order(StringComparer.Ordinal));
            var ended = await cluster.Nodes[0].EndOfAsync(row.Run);
            Assert.Equal(RunStatus.Completed, ended.Status);
        }

        await Eventually.IsAsync(async () => (await OpenAsync(stores.Inquiries)).Count == 0, default);
        await Eventually.IsAsync(
            async () => (await stores.DueTimes.DueAsync(DateTimeOffset.MaxValue, null, 1, default)).Count == 0, default);
    }

    private static Task<IReadOnlyList<InquiryRow>> OpenAsync(IInquiryStore inquiries) =>
        inquiries.ListAsync(new InquiryQuery(2 * Questions, OnlyOpen: true), default);
}
