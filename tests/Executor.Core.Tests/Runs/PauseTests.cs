using CsCheck;
using Executor.Core.Explaining;
using Executor.Core.Runs;
using Executor.Core.Tests.Explaining;

namespace Executor.Core.Tests.Runs;

[Trait("lesson", "5.9")]
public sealed class PauseTests
{
    [Fact]
    public void What_runs_ends_and_is_recorded_and_nothing_follows_before_the_run_is_resumed()
    {
        var run = Scenario.OfFlow("a -S-> b\nc");
        run.Pause("upgrade");
        Assert.Equal((RunStatus.Pausing, "upgrade"), (run.Status, run.Run.PauseReason));
        run.Succeed("a", "1");
        Assert.Equal(SlotStatus.Completed, run.Run.EndOf(new Slot("a", 1, Slot.NoItem, 1)));
        Assert.Equal(RunStatus.Pausing, run.Status);
        Assert.Equal(["c"], run.Out);
        run.Succeed("c");
        Assert.Equal(RunStatus.Paused, run.Status);
        Assert.IsType<RunEvent.RunPaused>(run.Last[^1]);
        Assert.Empty(run.Out);
        run.Resume();
        Assert.Equal((RunStatus.Running, null), (run.Status, run.Run.PauseReason));
        Assert.Equal(["b"], run.Out);
        Assert.Equal(["a/1 completed", "c/1 completed", "b/1 running"], run.Visits);
        run.Succeed("b");
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public void A_run_of_which_nothing_is_out_is_paused_at_once()
    {
        var run = Scenario.OfFlow("a: delay: 60").Pause();
        Assert.Equal(RunStatus.Paused, run.Status);
        Assert.Equal(["PauseRequested", "RunPaused"], run.Last.Select(happened => happened.GetType().Name));
        Assert.Null(run.Run.NextDue);
    }

    [Fact]
    public void A_run_that_has_done_all_its_work_ends_when_it_is_resumed()
    {
        var run = Scenario.OfFlow("a").Pause().Succeed("a");
        Assert.Equal(RunStatus.Paused, run.Status);
        Assert.Equal(RunStatus.Completed, run.Resume().Status);
    }

    [Fact]
    public void Delays_and_retries_that_come_due_wait_and_act_on_resume()
    {
        var run = Scenario.OfFlow("""
            delayed: delay: 60
            retried: retry: {count: 1, delay: 30}
            late: delay: 500
            """);
        run.Fail("retried").Pause().After(100);
        Assert.Empty(run.Last);
        Assert.Empty(run.Out);
        run.Resume();
        Assert.Equal(["retried#2", "delayed"], run.Out);
        Assert.Equal(Scenario.Begin.AddSeconds(500), Assert.Single(run.Run.Dues, due => due.Kind == DueKind.Delay).At);
        run.Succeed("delayed").Succeed("retried#2").After(399);
        Assert.Empty(run.Out);
        Assert.Equal(["late"], run.After(1).Out);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void An_attempt_that_fails_meanwhile_is_repeated_after_the_pause(int delay)
    {
        var run = Scenario.OfFlow($"a: retry: {{count: 1, delay: {delay}}}").Pause().Fail("a");
        Assert.Equal(RunStatus.Paused, run.Status);
        Assert.IsType<RunEvent.RetryScheduled>(run.Last[1]);
        run.After(delay);
        Assert.Empty(run.Out);
        Assert.Equal(["a#2"], run.Resume().Out);
    }

    [Fact]
    public void Items_that_end_free_their_places_only_when_the_run_is_resumed()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [1, 2, 3, 4, 5]
            t: concurrency: 2
            t -S-> end
            """);
        run.Pause().Succeed("t[1]").Succeed("t[0]");
        Assert.Equal(RunStatus.Paused, run.Status);
        Assert.Equal(["t[2]", "t[3]"], run.Resume().Out);
        run.Succeed("t[2]").Pause().Succeed("t[3]").Resume();
        Assert.Equal(["t[4]"], run.Out);
        run.Pause().Succeed("t[4]");
        Assert.Empty(run.Out);
        Assert.Equal(["end"], run.Resume().Out);
        Assert.Equal(["t[0]", "t[1]", "t[2]", "t[3]", "t[4]", "end"], run.Sent);
    }

    [Fact]
    public void Slots_in_line_stay_there_and_what_fails_fast_is_dropped_at_once()
    {
        var run = Scenario.OfFlow("""
            a
            t: with_items: [1, 2, 3]
            t: concurrency: 3
            t: fail_fast: true
            b
            """, "max_parallel: 2");
        Assert.Equal(["a", "t[0]"], run.Out);
        run.Pause().Fail("t[0]");
        Assert.Equal(["a"], run.Out);
        Assert.Equal("b/1/1", Assert.Single(run.Run.Held).ToString());
        Assert.Equal(["a", "b"], run.Resume().Out);
        Assert.Equal(["t/1 failed"], run.Visits.Where(visit => visit[0] == 't'));
    }

    [Fact]
    public void A_run_whose_time_was_up_meanwhile_times_out_when_it_is_resumed_and_starts_nothing()
    {
        var run = Scenario.OfFlow("a -S-> b", "timeout: 100").Pause().Succeed("a").After(101);
        Assert.Equal(RunStatus.Paused, run.Status);
        run.Resume();
        Assert.Equal(RunStatus.Timeout, run.Status);
        Assert.Equal(["a"], run.Sent);
        Assert.Equal(["a/1 completed"], run.Visits);
    }

    [Fact]
    public void Deadlines_of_attempts_stay_armed_so_that_a_dead_worker_cannot_keep_the_run_from_its_rest()
    {
        var limits = RunLimits.Default with { StartAllowance = TimeSpan.FromSeconds(5) };
        var run = Scenario.OfFlow("a: timeout: 10\na -*-> b", limits: limits);
        run.Pause();
        Assert.Equal(Scenario.Begin.AddSeconds(15), run.Run.NextDue);
        run.After(15);
        Assert.Equal(RunStatus.Paused, run.Status);
        Assert.Equal(SlotStatus.Timeout, run.Run.EndOf(new Slot("a", 1, Slot.NoItem, 1)));
        Assert.Contains(RunEffects.Of(run.Run, run.Last), effect => effect is RunEffect.Withdraw);
        Assert.Equal(["b"], run.Resume().Out);
    }

    [Fact]
    public void A_paused_run_is_cancelled_and_what_has_ended_keeps_its_end()
    {
        var run = Scenario.OfFlow("""
            a -S-> b
            running
            delayed: delay: 60
            retried: retry: {count: 1, delay: 60}
            """).Fail("retried").Pause().Succeed("a");
        run.Cancel("enough");
        Assert.Equal(RunStatus.Canceling, run.Status);
        Assert.Empty(run.Run.Suspended);
        run.Succeed("running");
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal(
            ["a/1 completed", "running/1 completed", "delayed/1 cancelled", "retried/1 cancelled"], run.Visits);
        Assert.Equal(RunStatus.Cancelled, Scenario.OfFlow("a: delay: 60").Pause().Cancel().Status);
    }

    [Fact]
    public void A_run_that_is_failing_has_nothing_to_hold_back_and_ends()
    {
        var run = Scenario.OfFlow("a -F-> fail\nb -S-> c\nd: delay: 60", "timeout: 1000").Fail("a").Pause();
        Assert.Equal(RunStatus.Pausing, run.Status);
        run.Succeed("b");
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public void A_paused_run_that_cannot_write_something_fails_without_being_resumed()
    {
        var run = Scenario.OfFlow("a -S-> c\nb\nd: delay: 60\ne: retry: {count: 1, delay: 60}", "timeout: 1000")
            .Fail("e").Pause().Succeed("a");
        run.Give(new RunCommand.GiveUp(run.SlotOf("b"), "too large", run.Now));
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("run.unwritable", run.Problems);
        Assert.Equal(["a", "b", "e"], run.Sent);
    }

    [Fact]
    public void Repeating_a_pause_or_its_end_changes_nothing_and_of_what_ends_it_is_refused()
    {
        var run = Scenario.OfFlow("a");
        run.Resume().Pause("first").Pause("again");
        Assert.Equal((1, "first"), (run.Run.Turn, run.Run.PauseReason));
        run.Resume().Resume();
        Assert.Equal((2, RunStatus.Running), (run.Run.Turn, run.Status));
        Assert.Equal(["a"], run.Sent);
        run.Cancel();
        Assert.Equal("run.stopping", run.Pause().Refusal?.Code);
        Assert.Equal("run.stopping", run.Resume().Refusal?.Code);
        run.Succeed("a");
        Assert.Equal("run.ended", run.Pause().Refusal?.Code);
        Assert.Equal("run.ended", run.Resume().Refusal?.Code);
    }

    /// <summary>An empty decision needs no entry, so that a stale state would give it for what it does not know.</summary>
    [Fact]
    public void What_changes_nothing_is_written_down_so_that_a_stale_state_cannot_answer_it()
    {
        Assert.IsType<RunEvent.RunResumed>(Assert.Single(Scenario.OfFlow("a").Resume().Last));
        Assert.IsType<RunEvent.PauseRequested>(Assert.Single(Scenario.OfFlow("a").Pause().Pause().Last));
    }

    [Fact]
    public void Results_that_come_twice_count_once_on_either_side_of_a_pause()
    {
        var run = Scenario.OfFlow("a -S-> b");
        var slot = run.SlotOf("a");
        run.Pause().Finish(slot, SlotStatus.Completed);
        Assert.Empty(run.Finish(slot, SlotStatus.Failed).Last);
        run.Resume();
        Assert.Empty(run.Finish(slot, SlotStatus.Failed).Last);
        Assert.Equal(["a", "b"], run.Sent);
    }

    [Fact]
    public void A_pause_at_any_step_and_its_end_lead_where_the_run_would_have_come_without_them()
    {
        Gen.Select(Gen.Int[0, 25], Gen.Int[0, 3], Gen.Int[0, 1_000], Gen.Int[0, 1_000_000].Array[60]).Sample(
            (pauseAt, ends, seed, choices) =>
                Assert.Equal(Play(seed, choices, pauseAt: -1, 0), Play(seed, choices, pauseAt, ends)),
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void People_read_that_a_run_is_paused_and_why()
    {
        var run = Scenario.OfFlow("a").Pause("upgrade").Succeed("a");
        Assert.Contains(
            "is paused (upgrade): no action is out; it goes on when it is resumed.",
            string.Join('\n', Explained.Run(run)), StringComparison.Ordinal);
        Assert.Equal(
            "Nothing more of it begins before the run is resumed: it is paused.", Explained.Only(run, "a", SentenceKind.Held));
        Assert.Equal(RunStatus.Paused, RunRows.RowOf(run.Run).Status);
        Assert.Equal(RunStatus.Paused, RunView.Of(run.Run).Status);
    }

    [Fact]
    public void Each_step_of_a_pause_changes_the_row_of_the_run()
    {
        var run = Scenario.OfFlow("a");
        foreach (var step in new[] { () => run.Pause(), () => run.Succeed("a"), () => run.Resume() })
        {
            var before = run.Run;
            step();
            Assert.NotNull(RunRows.Of(before, run.Run, run.Last).Run);
        }
    }

    /// <param name="ends">How many attempts end during the pause.</param>
    private static string[] Play(int seed, int[] choices, int pauseAt, int ends)
    {
        var run = Scenario.Of(Flow.Of("""
            s -S-> a, t
            a: retry: {count: 2, delay: 1}
            a -*-> j
            t: with_items: [1, 2, 3, 4]
            t: concurrency: 2
            t: retry: {count: 1, delay: 2}
            t -*-> j
            j: join: all
            j: delay: 3
            j -F-> e
            """, "max_parallel: 3"));
        for (var step = 0; !run.Run.HasEnded; step++)
        {
            if (step == pauseAt)
            {
                run.Pause();
                Array.ForEach(run.Out[..Math.Min(ends, run.Out.Length)], slot => End(run, slot, seed));
                run.After(ends).Resume();
                continue;
            }

            var choice = choices[step % choices.Length] + step;
            _ = run.Out.Length == 0 || choice % 4 == 0
                ? run.After(1)
                : End(run, run.Out[choice % run.Out.Length], seed);
        }

        return [$"{run.Status} {run.Error} {run.Run.Output}", .. run.Visits.Order(), .. run.Sent.Order()];
    }

    /// <summary>How an attempt ends is its own affair, whenever it does.</summary>
    private static Scenario End(Scenario run, string slot, int seed) =>
        (slot.Sum(letter => letter * 31) + seed) % 3 == 0 ? run.Fail(slot) : run.Succeed(slot);
}
