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
    [InlineData("pool: \"{{ '' }}\"", "pool.empty")]
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
