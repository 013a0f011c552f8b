using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class BranchingTests
{
    [Theory]
    [InlineData("*", true, true, true)]
    [InlineData("[true]", true, true, true)]
    [InlineData("[{{ succeeded() }}]", true, false, false)]
    [InlineData("[succeeded()]", true, false, false)]
    [InlineData("[{{ succeeded( ) }}]", true, false, false)]
    [InlineData("[{{ failed() }}]", false, true, false)]
    [InlineData("[{{ timed_out() }}]", false, false, true)]
    [InlineData("[{{ not succeeded() }}]", false, true, true)]
    [InlineData("[failed() or timed_out()]", false, true, true)]
    [InlineData("[not failed()]", true, false, true)]
    [InlineData("[succeeded() or failed()]", true, true, false)]
    [InlineData("[{{ succeeded() and result().x == 1 }}]", false, false, false)]
    [InlineData("[{{ succeeded() and result().x == 2 }}]", true, false, false)]
    [InlineData("[{{ result().x == 2 }}]", true, true, true)]
    [InlineData("[{{ [] }}]", false, false, false)]
    [InlineData("[{{ 0.0 }}]", false, false, false)]
    [InlineData("[{{ \"\" }}]", false, false, false)]
    [InlineData("[{{ {} }}]", false, false, false)]
    [InlineData("[{{ workflow.no }}]", true, true, true)]
    [InlineData("[parameters.flag]", true, true, true)]
    [InlineData("[not parameters.flag]", false, false, false)]
    [InlineData("[completed() and not skipped()]", true, true, true)]
    [InlineData("[status() == \"timeout\"]", false, false, true)]
    [InlineData("[error() is null]", true, false, false)]
    [Trait("lesson", "2.1")]
    public void A_condition_is_evaluated_whole_and_counts_by_the_truth_of_its_value(
        string condition, bool onSuccess, bool onFailure, bool onTimeout)
    {
        const string Header = "parameters: {flag: {type: boolean}}\nvars: {\"no\": \"no\"}";
        foreach (var (status, fires) in new[]
                 {
                     (SlotStatus.Completed, onSuccess), (SlotStatus.Failed, onFailure), (SlotStatus.Timeout, onTimeout),
                 })
        {
            var run = Scenario.OfFlow($"a -{condition}-> b\na -*-> noop", Header, """{"flag": true}""");
            run.End("a", status, """{"x": 2}""", status == SlotStatus.Completed ? null : "boom");
            Assert.Equal(fires, run.Sent.Contains("b"));
        }
    }

    [Theory]
    [InlineData("[{{ result().nope == 1 }}]", "expr.unknown-name")]
    [InlineData("[workflow.nope == 1]", "expr.unknown-name")]
    [InlineData("[1 / 0]", "expr.divide-by-zero")]
    [Trait("lesson", "2.2")]
    public void An_error_in_a_condition_fires_nothing_is_an_event_and_fails_the_run_of_a_task_that_succeeded(
        string condition, string code)
    {
        var run = Scenario.OfFlow($"""
            a -{condition}-> b
            a -S-> c
            """);
        run.Succeed("a", "{}");
        Assert.Equal(["c"], run.Out);
        var failed = Assert.Single(run.Events.OfType<RunEvent.ConditionFailed>());
        Assert.Equal((code, 0), (failed.Code, failed.Transition));
        Assert.True(failed.Line > 1);
        Assert.NotEmpty(failed.Expression);
        run.Succeed("c");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(["condition.error"], run.Problems);
        Assert.DoesNotContain("task(s) failed", run.Error);
    }

    [Fact]
    [Trait("lesson", "2.2")]
    public void An_error_in_a_condition_of_a_failed_task_leaves_a_handled_failure_handled()
    {
        var run = Scenario.OfFlow("""
            a -[result().code == 200]-> b
            a -F-> recovery
            """);
        run.Fail("a", "boom", "{}").Succeed("recovery");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Single(run.Events.OfType<RunEvent.ConditionFailed>());
    }

    [Fact]
    public void A_target_named_twice_in_one_decision_opens_once()
    {
        var run = Scenario.OfFlow("""
            a -S-> b, b
            a -*-> b
            """);
        run.Succeed("a");
        Assert.Equal(["b"], run.Out);
        Assert.Single(run.Events.OfType<RunEvent.Arrived>());
    }

    [Fact]
    public void A_task_whose_when_is_false_is_skipped_without_a_dispatch_and_its_transitions_are_followed()
    {
        var run = Scenario.OfFlow("""
            a -S-> b
            b: when: "{{ 1 > 2 }}"
            b -[skipped() and not succeeded() and not failed() and not timed_out()]-> c
            b -S-> d
            c: input: {seen: "{{ task.b }}"}
            """);
        run.Succeed("a");
        Assert.Equal(["c"], run.Out);
        Assert.Equal("""{"seen":null}""", run.Input("c").ToString());
        run.Succeed("c");
        Assert.Equal(["a/1 completed", "b/1 skipped", "c/1 completed"], run.Visits);
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(["b"], RunView.Of(run.Run).SkippedTasks);
    }

    [Fact]
    public void A_when_may_be_a_yaml_boolean_and_is_evaluated_on_entry()
    {
        var run = Scenario.OfFlow("""
            a: when: false
            b: when: parameters.go
            """, "parameters: {go: {type: boolean}}", """{"go": true}""");
        Assert.Equal(["b"], run.Out);
    }

    [Fact]
    public void Continue_and_noop_handle_a_failure_and_start_nothing()
    {
        foreach (var command in new[] { "noop", "continue" })
        {
            var run = Scenario.OfFlow($"a -F-> {command}");
            run.Fail("a");
            Assert.Equal(RunStatus.Completed, run.Status);
            Assert.Single(run.Visits);
        }
    }

    [Fact]
    public void Fail_enters_the_targets_named_before_it_and_starts_nothing_after()
    {
        var run = Scenario.OfFlow("""
            a -S-> b, fail, c
            a -*-> d
            b -S-> e
            x -S-> y
            """);
        run.Succeed("a");
        Assert.Equal(["x", "b"], run.Out);
        run.Succeed("x").Succeed("b");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(["a/1 completed", "x/1 completed", "b/1 completed"], run.Visits);
        Assert.Equal(["run.failed-by-command"], run.Problems);
        Assert.Equal("Workflow failed: A transition of 'a' said 'fail'", run.Error);
    }

    [Fact]
    public void Fail_does_not_handle_a_failure()
    {
        var run = Scenario.OfFlow("a -F-> fail");
        run.Fail("a");
        Assert.Equal("Workflow failed: 1 task(s) failed: a; A transition of 'a' said 'fail'", run.Error);
    }

    [Fact]
    public void Fail_ends_waiting_retries_delays_and_undispatched_items_at_once()
    {
        var run = Scenario.OfFlow("""
            a -S-> fail
            retried: retry: {count: 3, delay: 60}
            delayed: delay: 60
            items: with_items: [1, 2, 3]
            """);
        run.Fail("retried").Succeed("a");
        Assert.Equal(["items[0]"], run.Out);
        run.Succeed("items[0]");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(
            ["a/1 completed", "retried/1 failed", "delayed/1 skipped", "items/1 skipped"], run.Visits);
        Assert.Equal("Workflow failed: 1 task(s) failed: retried; A transition of 'a' said 'fail'", run.Error);
    }

    [Fact]
    public void Visits_that_end_at_once_are_followed_first_in_first_out_after_all_transitions()
    {
        var run = Scenario.OfFlow("""
            a -S-> b, c
            a -*-> d
            b: when: false
            b -*-> x
            c: when: false
            c -*-> y
            """);
        run.Succeed("a");
        Assert.Equal(["d", "x", "y"], run.Out);
        Assert.Equal(2, run.Entries);
    }
}
