using Executor.Actors.Tests.Engine;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Xunit.Abstractions;

namespace Executor.Actors.Tests.Inquiries;

/// <summary>The same for a run that asks a person: the question is seen, answered once, and what follows it starts once.</summary>
public sealed class EveryCallOfQuestionTests(ITestOutputHelper output) : EveryCallContract(output)
{
    protected override string Yaml =>
        """
        tasks:
          - {name: each, action: core.noop, with_items: [a, b, c], next: [{do: ask}]}
          - name: ask
            action: core.ask
            input: {prompt: "Go on?", options: ["yes", "no"]}
            next: [{when: "{{ result().response == 'yes' }}", do: report}]
          - {name: report, action: core.noop}
        output_map: {by: "{{ task.ask.responded_by }}"}
        """;

    private protected override void Arrange(World world)
    {
    }

    private protected override async Task AnswerAsync(World world, ExecutorSystem executor, CancellationToken stop)
    {
        InquiryRow? row = null;
        await Eventually.IsAsync(
            async () => (row = (await world.Inquiries.ListAsync(new InquiryQuery(1), stop)).SingleOrDefault()) is not null,
            stop);
        var said = await executor.AnswerAsync(row!.Run, row.Slot, Value.Of("yes"), "ann", stop);
        Assert.True(said.Refusal is null or { Code: RunCodes.InquiryClosed }, said.Refusal?.Message);
    }

    private protected override async Task SettledAsync(World world, CancellationToken stop)
    {
        await world.SettledAsync(Run, stop);
        await Eventually.IsAsync(
            async () => await world.Inquiries.ListAsync(new InquiryQuery(9), stop) is
                [{ Status: SlotStatus.Completed, RespondedBy: "ann" }],
            stop);
    }

    private protected override void Check(World world, FakeWorker worker)
    {
        Assert.Equal("""{"by":"ann"}""", world.StateOf(Run).Output.ToString());
        Assert.Equal(4, worker.Started.Count);
        Assert.Single(worker.Started, request => request.Slot.Task == "report");
    }
}
