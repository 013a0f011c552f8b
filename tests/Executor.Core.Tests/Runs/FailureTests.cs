using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class FailureTests
{
    [Fact]
    [Trait("lesson", "2.3")]
    public void Handling_in_one_branch_hides_nothing_in_another()
    {
        foreach (var order in Permutations.Of("a", "b"))
        {
            var run = Scenario.OfFlow("""
                a -F-> recovery
                b
                """);
            run.Fail(order[0]).Fail(order[1]).Succeed("recovery");
            Assert.Equal("Workflow failed: 1 task(s) failed: b", run.Error);
        }
    }

    [Fact]
    public void Names_stand_once_each_in_written_order()
    {
        var run = Scenario.OfFlow("""
            x
            y
            s -*-> z
            z -*-> z2
            z2 -S-> z
            """);
        run.Fail("y").Fail("x").Succeed("s").Succeed("z").Succeed("z2").Fail("z/2").Fail("z2/2");
        Assert.Equal("Workflow failed: 3 task(s) failed: x, y, z2", run.Error);
    }

    [Theory]
    [InlineData(SlotStatus.Failed, "task.failed")]
    [InlineData(SlotStatus.Timeout, "task.timeout")]
    [InlineData(SlotStatus.Abandoned, "task.abandoned")]
    [InlineData(SlotStatus.Cancelled, "task.cancelled")]
    [Trait("lesson", "5.4")]
    public void Every_bad_end_of_a_task_fails_the_run_with_its_reason(SlotStatus status, string code)
    {
        var run = Scenario.OfFlow("a -S-> b");
        run.End("a", status, "null", "Execution cancelled by policy");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal([code], run.Problems);
        Assert.Contains("Execution cancelled by policy", run.Run.Problems[0].Message);
    }

    [Theory]
    [InlineData("pool: '{{ \"\" }}'", "pool.empty", "'pool' of 'a' must not be empty.")]
    [InlineData("pool: ''", "pool.empty", "'pool' of 'a' must not be empty.")]
    [InlineData("pool: '{{ 5 }}'", "expr.type", "'pool' of 'a' must be a text, but is of type number.")]
    [InlineData("action: '{{ \"\" }}'", "action.unknown", "'action' of 'a' must not be empty.")]
    [InlineData("action: '{{ [] }}'", "action.unknown", "'action' of 'a' must be a text, but is of type array.")]
    [Trait("lesson", "2.5")]
    public void An_empty_text_is_told_from_what_is_no_text(string key, string code, string sentence)
    {
        var run = Scenario.OfFlow($"a: {key}");
        Assert.Equal((RunStatus.Failed, code), (run.Status, run.Run.Visit("a", 1)!.Code));
        Assert.StartsWith(sentence, run.Run.Visit("a", 1)!.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SlotStatus.Failed)]
    [InlineData(SlotStatus.Abandoned)]
    [InlineData(SlotStatus.Cancelled)]
    [Trait("lesson", "5.4")]
    public void Failed_is_true_for_what_failed_was_abandoned_or_was_cancelled_alone(SlotStatus status)
    {
        var run = Scenario.OfFlow("a -F-> b");
        run.End("a", status).Succeed("b");
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    [Trait("lesson", "4.6")]
    public void A_status_that_is_no_end_ends_nothing()
    {
        var run = Scenario.OfFlow("a");
        SlotStatus[] ends =
        [
            SlotStatus.Completed, SlotStatus.Failed, SlotStatus.Timeout, SlotStatus.Cancelled, SlotStatus.Abandoned,
        ];
        foreach (var status in Enum.GetValues<SlotStatus>().Except(ends))
        {
            run.Finish(run.SlotOf("a"), status);
            Assert.Empty(run.Last);
            Assert.Null(run.Refusal);
        }

        run.Succeed("a");
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    [Trait("lesson", "4.7")]
    public void What_an_error_says_does_not_decide_how_it_counts()
    {
        var run = Scenario.OfFlow("a -F-> b");
        run.Fail("a", "request was cancelled: timed out");
        Assert.Equal("a/1 failed", run.Visits[0]);
        Assert.Equal(["b"], run.Out);
    }

    [Fact]
    public void The_end_of_a_slot_that_was_never_dispatched_is_refused_because_this_state_is_stale()
    {
        var run = Scenario.OfFlow("a -S-> b\na: retry: {count: 1, delay: 5}");
        run.Fail("a");
        foreach (var slot in new Slot[]
                 {
                     new("a", 1, Slot.NoItem, 2), new("b", 1, Slot.NoItem, 1), new("a", 2, Slot.NoItem, 1),
                     new("nope", 1, Slot.NoItem, 1), new("a", 0, Slot.NoItem, 1), new("a", 1, 3, 1),
                 })
        {
            run.Finish(slot, SlotStatus.Completed);
            Assert.Equal("slot.unknown", run.Refusal?.Code);
        }
    }

    [Fact]
    public void A_late_end_of_an_old_visit_is_an_empty_decision()
    {
        var run = Scenario.OfFlow("""
            s -*-> a
            a -[result() < 3]-> a
            """);
        run.Succeed("s").Succeed("a", "1").Succeed("a/2", "2");
        run.Finish(new Slot("a", 1, Slot.NoItem, 1), SlotStatus.Failed);
        Assert.Empty(run.Last);
        Assert.Null(run.Refusal);
    }

    [Fact]
    public void The_command_retry_repeats_the_visit_with_the_same_input_at_most_three_times()
    {
        var run = Scenario.OfFlow("""
            a: input: {at: "{{ now() }}"}
            a -F-> retry
            """);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            run.After(5).Fail(attempt == 1 ? "a" : $"a#{attempt}");
            Assert.Equal("a/1 running", Assert.Single(run.Visits));
        }

        Assert.Single(run.Events.OfType<RunEvent.Dispatched>().Select(sent => sent.Input).Distinct());
        run.Fail("a#4");
        Assert.Equal("Workflow failed: 1 task(s) failed: a", run.Error);
    }

    [Fact]
    public void The_command_retry_handles_the_failure_and_the_next_end_is_followed_again()
    {
        var run = Scenario.OfFlow("""
            a -F-> retry
            a -S-> b
            """);
        run.Fail("a").Succeed("a#2").Succeed("b");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(["a/1 completed", "b/1 completed"], run.Visits);
    }

    [Fact]
    public void The_command_retry_repeats_only_the_failed_items()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c, d]
            t: concurrency: 2
            t -F-> retry
            t -S-> n
            n: input: {all: "{{ task.t }}"}
            """);
        run.Fail("t[0]").Succeed("t[1]", "1").Succeed("t[2]", "2").Fail("t[3]");
        Assert.Equal(["t[0]#2", "t[3]#2"], run.Out);
        run.Succeed("t[3]#2", "3").Succeed("t[0]#2", "0");
        Assert.Equal("""{"all":[0,1,2,3]}""", run.Input("n").ToString());
        run.Succeed("n");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(new ItemCounts(4, Succeeded: 4), RunView.Of(run.Run).Visits[0].Items);
    }

    [Fact]
    public void The_command_retry_does_not_apply_to_a_visit_that_failed_while_opening()
    {
        var run = Scenario.OfFlow("""
            a: input: {x: "{{ workflow.nope }}"}
            a -F-> retry
            """);
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Single(run.Visits);
    }
}
