using System.Diagnostics;
using Executor.Core.Runs;
using Executor.Core.Values;
using Xunit.Abstractions;

namespace Executor.Core.Tests.Runs;

public sealed class CostTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("lesson", "1.10")]
    public void A_completion_costs_the_same_at_the_first_and_at_the_last_of_100000_items()
    {
        var run = Costs.Start(Scenario.Read("""
            vars: {big: "{{ range(100000) }}"}
            tasks:
              - name: t
                action: core.noop
                with_items: "{{ range(100000) }}"
                concurrency: 50
                input: {x: "{{ item }}", y: "{{ workflow.big[3] }}"}
                next: [{do: n}]
              - {name: n, action: core.noop}
            """));
        var bytes = new long[99_900];
        for (var item = 0; item < bytes.Length; item++)
        {
            (run, bytes[item]) = Costs.Complete(run, new Slot("t", 1, item, 1));
        }

        var (early, late) = (Costs.Median(bytes[100..200]), Costs.Median(bytes[99_800..]));
        output.WriteLine($"Item 100: {early} bytes; item 99,900: {late} bytes.");
        Assert.InRange(late, (long)(early * 0.8), (long)(early * 1.2));
    }

    [Fact]
    public void Slots_that_fail_fast_takes_from_behind_thousands_of_others_cost_no_look_at_those()
    {
        const int count = 30_000;
        var run = Costs.Start(Scenario.Read($$$"""
            max_parallel: 1
            tasks:
              - name: t
                action: core.noop
                with_items: "{{ range({{{2 * count}}}) }}"
                concurrency: {{{count}}}
                fail_fast: true
              - name: others
                action: core.noop
                with_items: "{{ range({{{count}}}) }}"
                concurrency: {{{count}}}
            """));
        for (var item = 0; item < count - 1; item++)
        {
            (run, _) = Costs.Complete(run, new Slot("t", 1, item, 1));
        }

        Assert.Equal((2 * count) - 1, run.Held.Count);
        var failed = new RunCommand.FinishItem(
            new Slot("t", 1, count - 1, 1), new ItemOutcome(SlotStatus.Failed, Value.Null), Scenario.Begin);
        var clock = Stopwatch.StartNew();
        run = run.Evolve(RunDecider.Decide(run, failed).Events);
        var spent = clock.Elapsed;

        Assert.Equal(count - 1, run.Held.Count);
        Assert.All(run.Held, slot => Assert.Equal("others", slot.Task));
        output.WriteLine($"{count - 1} slots: {spent.TotalMilliseconds:F0} ms");
        Assert.True(spent < TimeSpan.FromSeconds(20), $"{spent}");
    }
}
