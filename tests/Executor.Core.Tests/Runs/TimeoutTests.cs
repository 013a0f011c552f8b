using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs;

public sealed class TimeoutTests
{
    private static readonly RunLimits NoAllowance = RunLimits.Default with { StartAllowance = TimeSpan.Zero };

    [Fact]
    public void The_runs_own_deadline_leaves_time_for_waiting_in_the_queue()
    {
        var run = Scenario.OfFlow("t: timeout: 1m30s");
        var sent = Assert.Single(run.Events.OfType<RunEvent.Dispatched>());
        Assert.Equal(TimeSpan.FromSeconds(90), sent.Timeout);
        Assert.Equal(Scenario.Begin + TimeSpan.FromSeconds(90) + RunLimits.Default.StartAllowance, sent.Due);
        Assert.Equal(sent.Due, run.Run.NextDue);
    }

    [Fact]
    public void An_attempt_that_the_run_has_ended_is_withdrawn_at_each_recovery_until_its_end_is_told()
    {
        var run = Scenario.OfFlow("""
            t: timeout: 2
            t: retry: {count: 1}
            other
            """, limits: NoAllowance);
        var slot = run.SlotOf("t");
        run.After(2);
        var withdraw = Assert.Single(RunEffects.Of(run.Run, run.Last).OfType<RunEffect.Withdraw>());
        Assert.Equal([withdraw], RunEffects.Open(run.Run).OfType<RunEffect.Withdraw>());
        run.Finish(slot, SlotStatus.Timeout);
        Assert.Equal([new RunEvent.OverdueEnded(slot)], run.Last);
        Assert.Empty(RunEffects.Open(run.Run).OfType<RunEffect.Withdraw>());
        Assert.Empty(RunEffects.Of(run.Run, run.Last));
        run.Finish(slot, SlotStatus.Completed);
        Assert.Empty(run.Last);
        Assert.Equal(SlotStatus.Timeout, run.Run.EndOf(slot));
    }

    [Fact]
    public void The_end_of_an_overdue_attempt_is_noted_even_when_the_run_has_ended_or_its_entry_was_unwritable()
    {
        var run = Scenario.OfFlow("""
            a: timeout: 2
            b: timeout: 2
            """, limits: NoAllowance);
        var (a, b) = (run.SlotOf("a"), run.SlotOf("b"));
        run.After(2);
        Assert.True(run.Run.HasEnded);
        Assert.Equal([a, b], run.Run.Overdue);
        run.Finish(a, SlotStatus.Completed);
        Assert.Equal([b], run.Run.Overdue);
        run.Give(new RunCommand.GiveUp(b, "No journal takes it.", run.Now));
        Assert.Equal([new RunEvent.OverdueEnded(b)], run.Last);
        Assert.Empty(RunEffects.Open(run.Run));
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Theory]
    [InlineData("timeout: 60", "Execution cancelled by user", "Execution cancelled because its run timed out")]
    [InlineData("timeout: 60", "Cancelled by user before execution started", "Cancelled before execution started because its run timed out")]
    [InlineData("timeout: 60", "stopped by itself", "stopped by itself")]
    [InlineData("", "Execution cancelled by user", "Execution cancelled by user")]
    [InlineData("", "Cancelled by user before execution started", "Cancelled by user before execution started")]
    public void What_a_run_that_timed_out_has_stopped_says_so_and_only_what_people_cancel_says_that(
        string header, string told, string kept)
    {
        var run = Scenario.OfFlow("a", header).After(60).Cancel();

        run.End("a", SlotStatus.Cancelled, $$"""{"succeeded": false, "cancelled": true, "error": "{{told}}"}""", told);

        var outcome = Assert.Single(run.Events.OfType<RunEvent.ItemFinished>()).Outcome;
        Assert.Equal(kept, outcome.Error);
        Assert.Equal(ValueJson.Parse($$"""{"succeeded": false, "cancelled": true, "error": "{{kept}}"}"""), outcome.Result);
        Assert.Equal(kept, run.Run.Visit("a", 1)!.Error);
    }

    [Fact]
    public void An_end_that_is_told_in_the_same_entry_leaves_nothing_to_withdraw()
    {
        var run = Scenario.OfFlow("t: timeout: 2", limits: NoAllowance);
        var slot = run.SlotOf("t");
        var timeUp = RunDecider.Decide(run.Run, new RunCommand.TimeUp(run.Now.AddSeconds(2)));
        var between = timeUp.Events.Aggregate(run.Run, (state, happened) => state.Evolve(happened));
        var late = RunDecider.Decide(
            between, new RunCommand.FinishItem(slot, ItemOutcome.Untold(SlotStatus.Failed, "late", RunCodes.TaskFailed), run.Now));

        RunEvent[] entry = [.. timeUp.Events, .. late.Events];

        Assert.Equal(new RunEvent.OverdueEnded(slot), entry[^1]);
        Assert.Empty(RunEffects.Of(run.Run.Evolve(entry), entry));
    }

    [Fact]
    public void A_timeout_counts_per_attempt_and_may_be_retried()
    {
        var run = Scenario.OfFlow("""
            t: timeout: 2
            t: retry: {count: 1, delay: 5}
            """, limits: NoAllowance);
        run.After(2);
        Assert.Empty(run.Out);
        run.After(5).After(1.9);
        Assert.Equal(["t#2"], run.Out);
        run.After(0.1);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public void When_the_run_times_out_what_runs_is_cancelled_and_nothing_follows()
    {
        var run = Scenario.OfFlow("""
            a -S-> c
            b
            w: delay: 500
            """, "timeout: 1m");
        run.After(60);
        Assert.Equal(RunStatus.Canceling, run.Status);
        var withdrawals = RunEffects.Of(run.Run, run.Last).Cast<RunEffect.Withdraw>().ToList();
        Assert.Equal(["a", "b"], withdrawals.Select(one => one.Slot.Task));
        Assert.All(withdrawals, one => Assert.True(one.StopRunning));
        run.Succeed("a").End("b", SlotStatus.Cancelled);
        Assert.Equal(RunStatus.Timeout, run.Status);
        Assert.Equal(["run.timeout"], run.Problems);
        Assert.Equal("Workflow timed out after 60 seconds", run.Error);
        Assert.Equal(["a/1 completed", "b/1 cancelled", "w/1 cancelled"], run.Visits);
    }

    [Fact]
    public void A_run_that_ends_in_time_does_not_time_out_later()
    {
        var run = Scenario.OfFlow("a", "timeout: 60").Succeed("a").After(100);
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Null(run.Run.NextDue);
    }

    [Fact]
    public void A_run_with_nothing_out_times_out_in_one_decision()
    {
        var run = Scenario.OfFlow("a: delay: 500", "timeout: 60").After(60);
        Assert.Equal(RunStatus.Timeout, run.Status);
        Assert.Equal(2, run.Entries);
    }

    [Fact]
    public void All_that_is_due_happens_in_one_decision_the_earliest_first()
    {
        var run = Scenario.OfFlow("""
            a: delay: 3
            b: delay: 1
            c: delay: 2
            """);
        run.After(10);
        Assert.Equal(["b", "c", "a"], run.Out);
        Assert.Equal(2, run.Entries);
    }

    [Fact]
    public void Nothing_that_is_due_is_an_empty_decision()
    {
        var run = Scenario.OfFlow("a: delay: 3").After(2);
        Assert.Empty(run.Last);
        Assert.Equal(Scenario.Begin + TimeSpan.FromSeconds(3), run.Run.NextDue);
    }
}
