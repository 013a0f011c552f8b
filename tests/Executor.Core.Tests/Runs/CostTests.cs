using Executor.Core.Runs;
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
}
