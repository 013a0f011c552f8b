using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class RetryTests
{
    [Fact]
    [Trait("lesson", "4.3")]
    public void A_result_that_comes_again_before_and_after_the_timer_makes_no_second_retry()
    {
        var run = Scenario.OfFlow("a: retry: {count: 3, delay: 5}");
        var first = run.SlotOf("a");
        run.Fail("a").Finish(first, SlotStatus.Failed);
        Assert.Empty(run.Last);
        run.After(5).Finish(first, SlotStatus.Failed).After(0);
        Assert.Empty(run.Last);
        Assert.Equal(["a", "a#2"], run.Sent);
    }

    [Fact]
    [Trait("lesson", "10.4")]
    public void Nothing_that_concerns_the_first_attempt_touches_the_second()
    {
        var run = Scenario.OfFlow("a: retry: {count: 3, delay: 5}");
        var first = run.SlotOf("a");
        run.End("a", SlotStatus.Abandoned).After(5);
        var state = Dump.Of(run.Run);
        SlotStatus[] late = [SlotStatus.Completed, SlotStatus.Failed, SlotStatus.Cancelled, SlotStatus.Timeout];
        foreach (var status in late)
        {
            run.Finish(first, status);
        }

        run.After(300);
        Assert.Equal(state, Dump.Of(run.Run));
    }

    [Fact]
    [Trait("lesson", "4.4")]
    public void A_retry_repeats_the_request_unchanged_but_for_its_slot()
    {
        var run = Scenario.Of("""
            vars: {x: 1}
            tasks:
              - name: a
                action: "core.{{ 'echo' }}"
                input: {x: "{{ workflow.x }}", at: "{{ now() }} {{ uuid() }}", b: "{{ task.b | default('none') }}"}
                pool: "p{{ workflow.x }}"
                timeout: "{{ workflow.x * 10 }}"
                retry: {count: 1, delay: 5}
              - {name: b, action: core.noop, next: [{publish: {x: 2}}]}
            """);
        run.Succeed("b").Fail("a").After(5);
        var sent = run.Events.OfType<RunEvent.Dispatched>().Where(one => one.Slot.Task == "a").ToArray();
        Assert.Equal(
            Dump.Of(sent[0] with { Due = default, At = default }),
            Dump.Of(sent[1] with { Slot = sent[0].Slot, Id = sent[0].Id, Due = default, At = default }));
        Assert.NotEqual(sent[0].Id, sent[1].Id);
    }

    [Fact]
    public void A_condition_of_the_retry_sees_the_attempt()
    {
        var run = Scenario.OfFlow("""
            a: retry: {count: 5, when: "result().code == 503 and status() == 'failed' and error() == 'boom'"}
            """);
        run.Fail("a", "boom", """{"code": 503}""").Fail("a#2", "boom", """{"code": 500}""");
        Assert.Equal(["a", "a#2"], run.Sent);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public void An_error_in_the_condition_of_a_retry_means_no_retry_and_is_an_event()
    {
        var run = Scenario.OfFlow("""
            a: retry: {count: 5, when: "result().nope"}
            a -F-> b
            """);
        run.Fail("a", "boom", "{}").Succeed("b");
        Assert.Equal(RunStatus.Completed, run.Status);
        var failed = Assert.Single(run.Events.OfType<RunEvent.ConditionFailed>());
        Assert.Equal(("retry.error", -1), (failed.Code, failed.Transition));
    }

    [Fact]
    public void Jitter_stays_in_its_bounds_differs_between_slots_and_is_the_same_when_decided_again()
    {
        var waits = Enumerable.Range(1, 30).Select(number =>
        {
            var run = Scenario.Of(Flow.Of("a: retry: {count: 1, delay: 100, jitter: 0.2}"), id: $"run-{number}");
            run.Fail("a");
            return (run.Run.NextDue!.Value - run.Now).TotalSeconds;
        }).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, 80, 120));
        Assert.True(waits.Distinct().Count() > 20);
        Assert.Contains(waits, wait => wait < 95);
        Assert.Contains(waits, wait => wait > 105);
    }

    [Fact]
    public void An_idempotent_slot_of_a_lost_worker_is_repeated_at_once_without_counting_up_to_a_limit()
    {
        var run = Scenario.OfFlow("""
            a: idempotent: true
            a: retry: {count: 1, delay: 60}
            """);
        for (var loss = 1; loss <= 5; loss++)
        {
            run.End(Name(loss), SlotStatus.Abandoned);
            Assert.Equal([Name(loss + 1)], run.Out);
        }

        run.End("a#6", SlotStatus.Abandoned);
        Assert.Empty(run.Out);
        run.After(60).End("a#7", SlotStatus.Abandoned);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public void A_lost_worker_ends_an_attempt_that_is_not_idempotent()
    {
        var run = Scenario.OfFlow("a");
        run.End("a", SlotStatus.Abandoned);
        Assert.Equal(["task.abandoned"], run.Problems);
    }

    private static string Name(int attempt) => attempt == 1 ? "a" : $"a#{attempt}";
}
