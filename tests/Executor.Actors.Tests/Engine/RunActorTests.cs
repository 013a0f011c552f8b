using Akka.Actor;
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

    [Fact]
    [Trait("fault", "F14")]
    public async Task Who_has_read_the_journal_before_the_run_began_reads_it_again_before_it_denies_the_run()
    {
        var run = new RunId("run-1");
        var elsewhere = await WhoHasReadAsync(run);
        Start(run);
        Tell(run, new RunCommand.Pause(null, DateTimeOffset.UtcNow));
        Assert.Null((await ExpectMsgAsync<Accepted>()).Refusal);

        elsewhere.Tell(new ForRun(run, new RunCommand.Resume(DateTimeOffset.UtcNow)), TestActor);

        Assert.Null((await ExpectMsgAsync<Accepted>()).Refusal);
        elsewhere.Tell(new ForRun(run, AskState.Now), TestActor);
        Assert.Equal(RunStatus.Running, (await ExpectMsgAsync<RunIs>()).State.Status);
    }

    [Fact]
    [Trait("fault", "F14")]
    public async Task And_before_it_tells_how_the_run_stands()
    {
        var run = new RunId("run-1");
        var elsewhere = await WhoHasReadAsync(run);
        Start(run);

        elsewhere.Tell(new ForRun(run, AskReport.Now), TestActor);

        Assert.Equal(RunStatus.Running, (await ExpectMsgAsync<RunReport>()).View.Status);
    }

    [Fact]
    public async Task A_run_that_never_was_is_denied_each_time_and_leaves_nothing()
    {
        var run = new RunId("run-1");
        for (var times = 0; times < 20; times++)
        {
            Tell(run, new RunCommand.Cancel("enough", DateTimeOffset.UtcNow));
        }

        for (var times = 0; times < 20; times++)
        {
            Assert.Equal(RunCodes.RunUnknown, (await ExpectMsgAsync<Accepted>()).Refusal?.Code);
        }

        Assert.Empty(Journal.RowsOf("run-run-1"));
    }

    /// <summary>Another home of the run, where it is awake and has not begun.</summary>
    private async Task<IActorRef> WhoHasReadAsync(RunId run)
    {
        var elsewhere = Region();
        elsewhere.Tell(new ForRun(run, AskState.Now), TestActor);
        Assert.Equal(0, (await ExpectMsgAsync<RunIs>()).State.Entries);
        return elsewhere;
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
