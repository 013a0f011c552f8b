using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class MaxParallelTests
{
    [Fact]
    public void Slots_held_back_go_in_the_order_in_which_they_were_decided()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [1, 2, 3]
            t: concurrency: 2
            a -S-> c
            b
            """, "max_parallel: 2");
        Assert.Equal(["t[0]", "t[1]"], run.Out);
        run.Succeed("t[0]");
        Assert.Equal(["t[1]", "a"], run.Out);
        run.Succeed("a");
        Assert.Equal(["t[1]", "b"], run.Out);
        run.Succeed("t[1]").Succeed("b");
        Assert.Equal(["t[0]", "t[1]", "a", "b", "t[2]", "c"], run.Sent);
    }

    [Fact]
    public void Retry_waits_do_not_count_against_it()
    {
        var run = Scenario.OfFlow("""
            a: retry: {count: 1, delay: 10}
            b
            c
            """, "max_parallel: 1");
        run.Fail("a");
        Assert.Equal(["b"], run.Out);
        run.After(10);
        Assert.Equal(["b"], run.Out);
        run.Succeed("b").Succeed("c");
        Assert.Equal(["a", "b", "c", "a#2"], run.Sent);
    }

    [Fact]
    public void A_retry_without_a_wait_stands_in_line_like_others()
    {
        var run = Scenario.OfFlow("""
            a: retry: {count: 1}
            b
            """, "max_parallel: 1");
        run.Fail("a").Succeed("b");
        Assert.Equal(["a", "b", "a#2"], run.Sent);
    }

    [Fact]
    public void A_slot_that_is_held_back_renders_what_its_visit_saw_when_it_opened()
    {
        var run = Scenario.Of("""
            vars: {x: 1}
            max_parallel: 1
            tasks:
              - {name: a, action: core.noop, next: [{publish: {x: 2}}]}
              - {name: b, action: core.noop, input: {x: "{{ x }}"}}
            """);
        run.Succeed("a");
        Assert.Equal("""{"x":1}""", run.Input("b").ToString());
    }

    [Fact]
    public void The_deadline_of_a_slot_that_is_held_back_counts_from_its_dispatch()
    {
        var run = Scenario.OfFlow("""
            a
            b: timeout: 5
            """, "max_parallel: 1");
        run.After(100).Succeed("a");
        Assert.Equal(run.Now + TimeSpan.FromSeconds(5) + RunLimits.Default.StartAllowance, run.Run.NextDue);
    }

    [Fact]
    public void An_item_that_has_started_keeps_its_retry_in_line_when_another_fails_fast()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [1, 2, 3]
            t: concurrency: 2
            t: fail_fast: true
            t: retry: {count: 1, delay: 0, when: "result() == 'again'"}
            other
            """, "max_parallel: 2");
        run.Fail("t[0]", result: "\"again\"");
        Assert.Equal(["t[1]", "other"], run.Out);
        Assert.Equal([2], run.Run.Held.Select(slot => slot.Attempt));
        run.Fail("t[1]");
        Assert.Equal(["other", "t[0]#2"], run.Out);
        run.Succeed("t[0]#2");
        Assert.Equal(
            new ItemCounts(3, Succeeded: 1, Failed: 1, Skipped: 1),
            RunView.Of(run.Run).Visits.Single(visit => visit.Task == "t").Items);
    }
}
