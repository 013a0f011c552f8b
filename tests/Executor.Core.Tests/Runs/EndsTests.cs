using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

/// <summary>An end that is told a second time, and otherwise, is answered with the one that was written down.</summary>
public sealed class EndsTests
{
    private static readonly RunLimits NoAllowance = RunLimits.Default with { StartAllowance = TimeSpan.Zero };

    [Fact]
    public void A_result_that_comes_after_its_attempt_was_abandoned_changes_nothing_and_learns_it()
    {
        var run = Scenario.OfFlow("t -*-> n");
        var slot = run.SlotOf("t");
        run.End("t", SlotStatus.Abandoned).Finish(slot, SlotStatus.Completed);

        Assert.Empty(run.Last);
        Assert.Equal(SlotStatus.Abandoned, run.Run.EndOf(slot));
    }

    [Fact]
    public void A_lease_that_passes_after_the_result_changes_nothing_and_learns_it()
    {
        var run = Scenario.OfFlow("t -*-> n");
        var slot = run.SlotOf("t");
        run.Succeed("t").Finish(slot, SlotStatus.Abandoned);

        Assert.Empty(run.Last);
        Assert.Equal(SlotStatus.Completed, run.Run.EndOf(slot));
    }

    [Fact]
    public void Each_attempt_keeps_its_own_end()
    {
        var run = Scenario.OfFlow("""
            t: timeout: 2
            t: retry: {count: 3, delay: 0}
            """, limits: NoAllowance);
        var slots = new List<Slot> { run.SlotOf("t") };
        slots.Add(run.Fail("t").SlotOf("t#2"));
        slots.Add(run.After(2).SlotOf("t#3"));
        slots.Add(run.End("t#3", SlotStatus.Abandoned).SlotOf("t#4"));
        run.Succeed("t#4");

        Assert.Equal(
            [SlotStatus.Failed, SlotStatus.Timeout, SlotStatus.Abandoned, SlotStatus.Completed],
            slots.Select(slot => run.Run.EndOf(slot)!.Value));
        Assert.Null(run.Run.EndOf(slots[0] with { Attempt = 5 }));
        Assert.Null(run.Run.EndOf(slots[0] with { Attempt = 0 }));
    }

    [Fact]
    public void An_attempt_keeps_its_end_when_the_next_one_is_cancelled_before_it_starts()
    {
        var run = Scenario.OfFlow("t: retry: {count: 1, delay: 60}");
        var slot = run.SlotOf("t");
        run.Fail("t").Cancel();

        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal(SlotStatus.Failed, run.Run.EndOf(slot));
        Assert.Null(run.Run.EndOf(slot with { Attempt = 2 }));
    }

    [Fact]
    public void Attempts_of_former_laps_keep_their_ends_although_their_results_are_forgotten()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: s, action: core.noop, next: [{do: t}]}
              - name: t
                action: core.noop
                with_items: [a, b]
                concurrency: 2
                next: [{when: not succeeded(), do: t}]
            """).Succeed("s");
        var first = run.SlotOf("t[0]");
        var second = run.SlotOf("t[1]");
        run.Succeed("t[0]").Fail("t[1]");
        run.Succeed("t/2[0]").Fail("t/2[1]");

        Assert.Equal("t/3 running", run.Visits[^1]);
        Assert.Null(run.Run.Visit("t", 1)!.Scope);
        Assert.Equal((SlotStatus.Completed, SlotStatus.Failed), (run.Run.EndOf(first), run.Run.EndOf(second)));
        run.Finish(second, SlotStatus.Completed);
        Assert.Empty(run.Last);
        Assert.Null(run.Refusal);
        run.Finish(second with { Attempt = 2 }, SlotStatus.Completed);
        Assert.Equal("slot.unknown", run.Refusal!.Code);
    }
}
