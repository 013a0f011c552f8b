using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

/// <summary>What is done again, met by other rules; each alone is tested elsewhere.</summary>
public sealed class RepetitionCombinationTests
{
    [Fact]
    public void The_command_retry_beside_a_task_starts_both_each_time()
    {
        var run = Scenario.OfFlow("""
            a -F-> note, retry
            a -S-> done
            """);
        run.Fail("a");
        Assert.Equal(["note", "a#2"], run.Out);
        run.Fail("a#2");
        Assert.Equal(["note", "note/2", "a#3"], run.Out);
        run.Succeed("a#3").Succeed("note").Succeed("note/2").Succeed("done");
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public void When_the_command_retry_is_used_up_the_other_targets_still_handle_the_failure()
    {
        var run = Scenario.OfFlow("""
            a: retry: {count: 1}
            a -F-> note, retry
            """);
        run.Fail("a").Fail("a#2").Fail("a#3");
        Assert.Equal(["note", "note/2"], run.Out);
        run.Succeed("note").Succeed("note/2");
        Assert.Equal(["a/1 failed", "note/1 completed", "note/2 completed"], run.Visits);
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public void After_fail_fast_and_the_command_retry_the_visit_has_succeeded_when_no_item_is_left_failed()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c]
            t: fail_fast: true
            t -F-> retry
            t -S-> n
            n: input: {states: "{{ map(item_states(), 'status') }}"}
            """);
        run.Fail("t[0]").Succeed("t[0]#2");
        Assert.Equal(["n"], run.Out);
        Assert.Equal("""{"states":["completed","skipped","skipped"]}""", run.Input("n").ToString());
    }

    [Fact]
    public void Items_whose_repetition_never_starts_keep_the_end_they_had()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c]
            t -F-> retry
            x -S-> fail
            """);
        run.Succeed("t[0]").Fail("t[1]").TimeOut("t[2]");
        Assert.Equal(["x", "t[1]#2"], run.Out);
        run.Succeed("x").Succeed("t[1]#2");
        Assert.Equal(["t/1 timeout", "x/1 completed"], run.Visits);
        Assert.Equal(new ItemCounts(3, Succeeded: 2, TimedOut: 1), RunView.Of(run.Run).Visits[0].Items);
    }

    [Fact]
    public void Fail_fast_lets_an_item_that_waits_for_its_retry_go_on_and_starts_no_other()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c, d]
            t: concurrency: 2
            t: fail_fast: true
            t: retry: {count: 1, delay: 10, when: result() == 1}
            """);
        run.Fail("t[0]", "boom", "1").Fail("t[1]", "boom", "2");
        Assert.Empty(run.Out);
        run.After(10);
        Assert.Equal(["t[0]#2"], run.Out);
        run.Succeed("t[0]#2");
        Assert.Equal(new ItemCounts(4, Succeeded: 1, Failed: 1, Skipped: 2), RunView.Of(run.Run).Visits[0].Items);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public void A_delay_is_waited_once_while_timeouts_are_retried_with_their_own_waits()
    {
        var run = Scenario.OfFlow("""
            a: delay: 5
            a: timeout: 3
            a: retry: {count: 2, delay: 4, backoff: linear}
            a -T-> late
            a -F-> bad
            """);
        Assert.Empty(run.Out);
        run.After(5).TimeOut("a").After(3.9);
        Assert.Empty(run.Out);
        run.After(0.1).TimeOut("a#2").After(7.9);
        Assert.Empty(run.Out);
        run.After(0.1).TimeOut("a#3");
        Assert.Equal(["late"], run.Out);
        Assert.All(
            run.Events.OfType<RunEvent.Dispatched>().Take(3), sent => Assert.Equal(3, sent.Timeout.TotalSeconds));
    }
}
