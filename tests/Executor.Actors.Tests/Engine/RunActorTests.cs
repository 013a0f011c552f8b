using Executor.Actors.Dispatching;
using Executor.Actors.Runs;
using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>The actor alone, behind its parent, with probes for the rooms around it.</summary>
public sealed class RunActorTests : RunFixture
{
    [Fact]
    [Trait("lesson", "1.1")]
    public void Every_order_with_every_result_twice_sends_the_successor_once()
    {
        foreach (var (order, number) in SeedScenarioTests.Orders.Select((order, number) => (order, number)))
        {
            var run = new RunId($"run-{number}");
            Start(run);
            var (sent, open) = (new List<Slot>(), new List<Slot>());
            for (var told = 0; told < 5; told++)
            {
                Gather(run, sent, open);
                var slot = open.MinBy(one => Array.IndexOf(order, one.Item));
                open.Remove(slot);
                Finish(run, slot);
                Finish(run, slot);
                Assert.NotNull(ExpectMsg<Accepted>().Ended);
                Assert.NotNull(ExpectMsg<Accepted>().Ended);
            }

            Gather(run, sent, open);
            Assert.Single(sent, slot => slot.Task == "validate");
            Finish(run, new Slot("validate", 1, Slot.NoItem, 1));
            ExpectMsg<Accepted>();
        }
    }

    [Fact]
    [Trait("lesson", "9.5")]
    public async Task A_result_that_comes_again_while_it_is_written_is_answered_with_the_first_by_one_entry()
    {
        var written = new TaskCompletionSource();
        Plan.At("journal.write", 2, Fault.DelayAnswer.Until(written.Task));
        var run = new RunId("run-1");
        Start(run);
        var slot = new Slot("process_items", 1, 0, 1);
        Finish(run, slot);
        await Plan.Struck;
        Finish(run, slot);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));

        written.SetResult();

        Assert.Equal(SlotStatus.Completed, ExpectMsg<Accepted>().Ended);
        Assert.Equal(SlotStatus.Completed, ExpectMsg<Accepted>().Ended);
        Assert.Equal(2, Journal.RowsOf("run-run-1").Count);
    }

    [Fact]
    [Trait("fault", "F12")]
    public async Task Whoever_waits_for_an_entry_that_fails_is_told_to_come_again_and_finds_the_run_back()
    {
        Plan.At("journal.write", 2, new Fault.FailAfter());
        var run = new RunId("run-1");
        Start(run);
        var slot = new Slot("process_items", 1, 0, 1);
        Finish(run, slot);
        ExpectMsg<Postponed>();

        Finish(run, slot);

        Assert.Equal(SlotStatus.Completed, (await ExpectMsgAsync<Accepted>()).Ended);
        Assert.Equal(2, Journal.RowsOf("run-run-1").Count);
    }

    /// <summary>Answers come after the sends, so all that was decided is there.</summary>
    private void Gather(RunId run, List<Slot> sent, List<Slot> open)
    {
        while (Dispatcher.HasMessages)
        {
            var outgoing = Dispatcher.ExpectMsg<Outgoing>();
            var slots = outgoing.Sends.Select(send => send.Request.Slot).ToArray();
            Assert.Equal(run, outgoing.Run);
            sent.AddRange(slots);
            open.AddRange(slots);
        }
    }
}
