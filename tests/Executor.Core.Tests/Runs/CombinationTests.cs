using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

/// <summary>Rules that meet: each alone is tested elsewhere.</summary>
public sealed class CombinationTests
{
    [Fact]
    public void A_fork_without_a_join_inside_a_loop_runs_its_meeting_point_once_a_lap_for_all_orders()
    {
        foreach (var order in Permutations.Of("b", "c", "d"))
        {
            var run = Scenario.OfFlow("""
                s -*-> a
                a -*-> b, c, d
                b -*-> m
                c -*-> m
                d -*-> m
                m -[result() < 2]-> a
                """);
            run.Succeed("s");
            for (var lap = 1; lap <= 2; lap++)
            {
                var visit = lap == 1 ? "" : $"/{lap}";
                run.Succeed("a" + visit).Succeed(order[0] + visit);
                run.Succeed(order[1] + visit).Succeed(order[2] + visit).Succeed("m" + visit, $"{lap}");
            }

            Assert.Equal(RunStatus.Completed, run.Status);
            Assert.Equal(
                ["a", "a", "b", "b", "c", "c", "d", "d", "m", "m", "s"],
                run.Visits.Select(visit => visit[..1]).Order());
        }
    }

    [Fact]
    public void A_join_of_two_inside_a_loop_absorbs_the_third_whenever_it_comes()
    {
        foreach (var order in Permutations.Of("b", "c", "d"))
        {
            var run = Scenario.OfFlow("""
                s -*-> a
                a -*-> b, c, d
                b -*-> j
                c -*-> j
                d -*-> j
                j: join: 2
                j -[result() < 2]-> a
                """);
            run.Succeed("s").Succeed("a").Succeed(order[0]).Succeed(order[1]).Succeed("j", "1");
            run.Succeed("a/2").Succeed(order[2]);
            Assert.DoesNotContain("j/2", run.Out);
            run.Succeed($"{order[2]}/2").Succeed($"{order[0]}/2").Succeed("j/2", "2").Succeed($"{order[1]}/2");
            Assert.Equal(RunStatus.Completed, run.Status);
            Assert.Equal(2, run.Visits.Count(visit => visit.StartsWith('j')));
        }
    }

    [Fact]
    public void A_round_of_a_join_that_one_lap_leaves_half_full_fails_the_run_though_later_laps_fill_theirs()
    {
        var run = Scenario.OfFlow("""
            s -*-> a
            a -*-> b, c
            b -*-> j
            c -[result() > 1]-> j
            c -[result() == 1]-> a
            j: join: all
            """);
        run.Succeed("s").Succeed("a").Succeed("b").Succeed("c", "1");
        run.Succeed("a/2").Succeed("b/2").Succeed("c/2", "2");
        while (run.Out.Length > 0)
        {
            run.Succeed(run.Out[0]);
        }

        Assert.Equal(["join.unreachable"], run.Problems);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

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

    [Theory]
    [InlineData("allow_finish")]
    [InlineData("cancel_running")]
    public void A_cancel_ends_waiting_retries_held_slots_and_delays_under_both_policies(string policy)
    {
        var run = Scenario.OfFlow("""
            t: retry: {count: 3, delay: 60}
            u: with_items: [1, 2, 3, 4]
            u: concurrency: 3
            d: delay: 30
            """, $"cancellation_policy: {policy}\nmax_parallel: 2");
        run.Fail("t");
        Assert.Equal(["u[0]", "u[1]"], run.Out);
        run.Cancel("enough");
        Assert.Equal(["u[0]", "u[1]"], run.Out);
        Assert.All(run.Run.Dues, due => Assert.Equal(DueKind.AttemptDeadline, due.Kind));
        Assert.All(
            RunEffects.Open(run.Run).Cast<RunEffect.Withdraw>(),
            withdraw => Assert.Equal(policy == "cancel_running", withdraw.StopRunning));
        run.Succeed("u[0]").End("u[1]", SlotStatus.Cancelled);
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal(["t/1 cancelled", "u/1 cancelled", "d/1 cancelled"], run.Visits);
        Assert.Equal(
            new ItemCounts(4, Succeeded: 1, Cancelled: 3),
            RunView.Of(run.Run).Visits.Single(visit => visit.Task == "u").Items);
    }

    [Fact]
    public void A_publish_that_fails_lets_what_runs_end_but_starts_and_publishes_nothing_more()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: a, action: core.noop, next: [{publish: {x: "{{ result().nope }}"}, do: next}]}
              - {name: b, action: core.noop, next: [{publish: {y: 1}, do: next}]}
              - {name: waits, action: core.noop, retry: {count: 1, delay: 60}}
              - {name: next, action: core.noop}
            """);
        run.Fail("waits").Succeed("a", "{}").Succeed("b");
        Assert.Equal(("(none)", "(none)"), (run.Variable("x"), run.Variable("y")));
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(["publish.error", "task.failed"], run.Problems.Order());
        Assert.Equal(["a/1 completed", "b/1 completed", "waits/1 failed"], run.Visits);
    }

    [Fact]
    public void A_condition_that_fails_on_a_skipped_visit_fails_the_run()
    {
        var run = Scenario.OfFlow("""
            a: when: false
            a -[workflow.nope]-> b
            a -[skipped()]-> c
            """);
        Assert.Equal(["c"], run.Out);
        run.Succeed("c");
        Assert.Equal(["condition.error"], run.Problems);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public void A_condition_that_fails_on_a_failed_visit_handles_nothing()
    {
        var run = Scenario.OfFlow("a -[result().nope]-> b");
        run.Fail("a", "boom", "{}");
        Assert.Equal("Workflow failed: 1 task(s) failed: a", run.Error);
    }

    [Fact]
    public void Empty_lists_and_skipped_visits_chain_within_one_decision()
    {
        var run = Scenario.OfFlow("""
            a: with_items: []
            a -S-> b
            b: when: false
            b -[skipped()]-> c
            c: with_items: "{{ [] }}"
            c: delay: 10
            c -S-> d
            d: input: {a: "{{ task.a }}", b: "{{ task.b }}", c: "{{ result() }}"}
            """);
        Assert.Equal(["d"], run.Out);
        Assert.Equal(1, run.Entries);
        Assert.Equal("""{"a":[],"b":null,"c":[]}""", run.Input("d").ToString());
    }

    [Theory]
    [InlineData("timeout: \"{{ 0 }}\"", "expr.type")]
    [InlineData("timeout: \"{{ -1 }}\"", "expr.type")]
    [InlineData("timeout: \"{{ null }}\"", "expr.type")]
    [InlineData("timeout: \"{{ '0s' }}\"", "expr.type")]
    [InlineData("timeout: \"{{ 1e300 }}\"", "expr.type")]
    [InlineData("delay: \"{{ -0.5 }}\"", "expr.type")]
    [InlineData("delay: \"{{ 'soon' }}\"", "expr.type")]
    [InlineData("delay: \"{{ [] }}\"", "expr.type")]
    [InlineData("delay: \"{{ workflow.nope }}\"", "expr.unknown-name")]
    [InlineData("pool: \"{{ 5 }}\"", "expr.type")]
    [InlineData("pool: \"{{ '' }}\"", "expr.type")]
    [InlineData("input: \"{{ [1] }}\"", "expr.type")]
    [InlineData("action: \"{{ null }}\"", "action.unknown")]
    [InlineData("when: 1 / 0", "expr.divide-by-zero")]
    public void What_renders_to_a_bad_value_fails_the_visit_and_its_transitions_are_followed(string key, string code)
    {
        var run = Scenario.OfFlow($"""
            a: {key}
            a -F-> b
            """);
        Assert.Equal(["b"], run.Out);
        Assert.Equal(code, run.Run.Visit("a", 1)!.Code);
        run.Succeed("b");
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public void With_max_parallel_held_items_of_several_visits_go_in_the_order_in_which_they_were_decided()
    {
        var run = Scenario.OfFlow("""
            a: with_items: [1, 2, 3]
            a: concurrency: 3
            b: with_items: [1, 2, 3]
            b: concurrency: 2
            c
            """, "max_parallel: 2");
        while (run.Out.Length > 0)
        {
            run.Succeed(run.Out[0]);
        }

        Assert.Equal(["a[0]", "a[1]", "a[2]", "b[0]", "b[1]", "c", "b[2]"], run.Sent);
    }
}
