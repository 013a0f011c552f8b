using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

/// <summary>What a run does about a decision of its own that no journal takes.</summary>
public sealed class GivingUpTests
{
    private const string Reason = "The entry has 17 MB.";

    [Fact]
    public void The_attempt_fails_the_run_fails_by_name_and_nothing_follows()
    {
        var run = Scenario.OfFlow("""
            a: retry: {count: 3}
            a -S-> b
            a -F-> c
            """);
        GiveUp(run, "a");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(["a/1 failed"], run.Visits);
        Assert.Equal(["a"], run.Sent);
        Assert.Equal(SlotStatus.Failed, run.Run.EndOf(new Slot("a", 1, Slot.NoItem, 1)));
        var problem = Assert.Single(run.Run.Problems, problem => !problem.IsUnhandledTask);
        Assert.Equal(RunCodes.Unwritable, problem.Code);
        Assert.Equal(("a", $"What was decided cannot be stored: {Reason}"), (problem.Task, problem.Message));
        Assert.Contains(Reason.TrimEnd('.'), run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_out_ends_by_itself_and_what_waits_never_starts()
    {
        var run = Scenario.OfFlow("""
            a
            items: with_items: [1, 2, 3]
            retried: retry: {count: 3, delay: 60}
            delayed: delay: 60
            """);
        run.Fail("retried");
        GiveUp(run, "a");
        Assert.False(run.Run.HasEnded);
        Assert.Equal(["items[0]"], run.Out);
        Assert.Empty(RunEffects.Of(run.Run, run.Last));
        run.Succeed("items[0]");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(["a/1 failed", "items/1 skipped", "retried/1 failed", "delayed/1 skipped"], run.Visits);
    }

    [Fact]
    public void An_item_that_cannot_be_written_fails_its_visit()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [1, 2, 3]
            t: concurrency: 2
            """);
        GiveUp(run, "t[1]").Succeed("t[0]");
        Assert.Equal(["t/1 failed"], run.Visits);
        Assert.Equal(new ItemCounts(3, Succeeded: 1, Failed: 1, Skipped: 1), RunView.Of(run.Run).Visits[0].Items);
    }

    [Fact]
    public void Without_an_attempt_the_run_fails_when_what_is_out_has_ended()
    {
        var run = Scenario.OfFlow("a -S-> b");
        run.Give(new RunCommand.GiveUp(null, Reason, run.Now)).Succeed("a");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(["a/1 completed"], run.Visits);
        Assert.Equal([RunCodes.Unwritable], run.Problems);
    }

    [Fact]
    public void A_run_that_was_given_up_has_no_output_because_that_could_be_what_cannot_be_written()
    {
        var run = Scenario.OfFlow("a", "output_map: {r: 1, broken: \"{{ 1 / 0 }}\"}");
        GiveUp(run, "a");
        Assert.Empty(run.Run.Output);
        Assert.DoesNotContain(RunCodes.OutputError, run.Problems);
    }

    [Fact]
    public void A_cancelled_run_stays_cancelled_and_says_what_was_lost()
    {
        var run = Scenario.OfFlow("a", "output_map: {r: 1}");
        GiveUp(run.Cancel("enough"), "a");
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal([RunCodes.Unwritable], run.Problems);
        Assert.Empty(run.Run.Output);
    }

    [Fact]
    public void A_run_that_times_out_ends_as_timed_out()
    {
        var run = Scenario.OfFlow("a", "timeout: 10");
        GiveUp(run.After(10), "a");
        Assert.Equal(RunStatus.Timeout, run.Status);
        Assert.Equal([RunCodes.RunTimeout, RunCodes.Unwritable], run.Problems);
    }

    [Fact]
    public void An_attempt_that_has_ended_another_way_meanwhile_gives_nothing_up()
    {
        var limits = RunLimits.Default with { StartAllowance = TimeSpan.Zero };
        var run = Scenario.OfFlow("""
            a: timeout: 10
            a -T-> b
            """, limits: limits);
        run.After(10);
        var slot = new Slot("a", 1, Slot.NoItem, 1);
        run.Give(new RunCommand.GiveUp(slot, Reason, run.Now));
        Assert.Equal([new RunEvent.OverdueEnded(slot)], run.Last);
        run.Give(new RunCommand.GiveUp(slot, Reason, run.Now));
        Assert.Empty(run.Last);
        Assert.Null(run.Refusal);
        Assert.Equal(["b"], run.Out);
    }

    [Fact]
    public void An_attempt_that_this_state_has_never_dispatched_shows_that_the_state_is_stale()
    {
        var run = Scenario.OfFlow("a -S-> b");
        run.Give(new RunCommand.GiveUp(new Slot("b", 1, Slot.NoItem, 1), Reason, run.Now));
        Assert.Equal(RunCodes.SlotUnknown, run.Refusal?.Code);
        Assert.Equal(["a"], run.Out);
    }

    [Fact]
    public void Repeating_it_is_an_empty_decision()
    {
        var run = Scenario.OfFlow("a\nb");
        var first = run.SlotOf("a");
        run.Give(new RunCommand.GiveUp(first, Reason, run.Now));
        run.Give(new RunCommand.GiveUp(first, Reason, run.Now));
        Assert.Empty(run.Last);
        run.Give(new RunCommand.GiveUp(null, Reason, run.Now));
        Assert.Empty(run.Last);
        run.Succeed("b");
        run.Give(new RunCommand.GiveUp(null, Reason, run.Now));
        Assert.Empty(run.Last);
        Assert.Null(run.Refusal);
    }

    [Fact]
    public void A_start_that_cannot_be_written_is_refused()
    {
        var decision = RunDecider.Decide(
            RunState.Initial(new RunId("run-1")), new RunCommand.GiveUp(null, Reason, Scenario.Begin));
        Assert.True(decision.IsEmpty);
        Assert.Equal(RunCodes.Unwritable, decision.Refusal?.Code);
        Assert.Contains(Reason, decision.Refusal?.Message, StringComparison.Ordinal);
    }

    private static Scenario GiveUp(Scenario run, string slot) =>
        run.Give(new RunCommand.GiveUp(run.SlotOf(slot), Reason, run.Now));
}
