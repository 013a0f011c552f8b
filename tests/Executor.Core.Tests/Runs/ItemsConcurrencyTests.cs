using CsCheck;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class ItemsConcurrencyTests
{
    [Fact]
    [Trait("lesson", "1.3")]
    public void The_window_is_full_while_items_wait_and_never_over_whatever_the_order_and_however_often()
    {
        Gen.Select(Gen.Int[0, 1_000_000].Array[60], Gen.Bool.Array[60]).Sample(
            (choices, twice) =>
            {
                var run = Scenario.Unchecked(Scenario.Read(Flow.Of("""
                    t: with_items: "{{ range(20) }}"
                    t: concurrency: 3
                    """)));
                for (var step = 0; !run.Run.HasEnded; step++)
                {
                    var waiting = 20 - run.Sent.Length;
                    Assert.True(waiting == 0 ? run.Out.Length <= 3 : run.Out.Length == 3);
                    var slot = run.SlotOf(run.Out[choices[step] % run.Out.Length]);
                    run.Finish(slot, SlotStatus.Completed);
                    run = twice[step] ? run.Finish(slot, SlotStatus.Completed) : run;
                }

                Assert.Equal(Enumerable.Range(0, 20).Select(item => $"t[{item}]"), run.Sent);
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    [Trait("lesson", "1.4")]
    public void Every_item_runs_its_attempts_without_gap_and_no_retry_starts_before_it_is_due()
    {
        Gen.Int[0, 1_000_000].Array[400].Sample(
            choices =>
            {
                var run = Scenario.Unchecked(Scenario.Read(Flow.Of("""
                    t: with_items: "{{ range(50) }}"
                    t: concurrency: 7
                    t: retry: {count: 3, delay: 10}
                    """)));
                for (var step = 0; !run.Run.HasEnded; step++)
                {
                    var choice = choices[step % choices.Length] + step;
                    if (run.Out.Length == 0 || choice % 5 == 0)
                    {
                        run.After(choice % 7);
                        continue;
                    }

                    Assert.True(run.Run.InFlight.Count + run.Run.Retries.Count <= 7);
                    var slot = run.Out[choice % run.Out.Length];
                    _ = choice % 3 == 0 ? run.Fail(slot) : run.Succeed(slot);
                }

                foreach (var item in run.Events.OfType<RunEvent.Dispatched>().GroupBy(sent => sent.Slot.Item))
                {
                    var attempts = item.Select(sent => sent.Slot.Attempt).ToList();
                    Assert.Equal(Enumerable.Range(1, attempts.Count), attempts);
                }

                var retries = run.Events.OfType<RunEvent.RetryScheduled>();
                var due = retries.ToDictionary(retry => retry.Slot, retry => retry.Due);
                Assert.All(
                    run.Events.OfType<RunEvent.Dispatched>().Where(sent => sent.Slot.Attempt > 1),
                    sent => Assert.True(sent.At >= due[sent.Slot]));
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void The_concurrency_may_be_a_template()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c]
            t: concurrency: "{{ parameters.n }}"
            """, inputs: """{"n": 2}""");
        Assert.Equal(["t[0]", "t[1]"], run.Out);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("\"2\"")]
    [InlineData("null")]
    [Trait("lesson", "8.3")]
    public void A_rendered_concurrency_that_is_no_positive_integer_fails_the_visit(string value)
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a]
            t: concurrency: "{{ parameters.n }}"
            """, inputs: $$"""{"n": {{value}}}""");
        Assert.Empty(run.Sent);
        Assert.Equal(["items.concurrency"], run.Problems);
    }

    [Fact]
    public void Without_a_concurrency_one_item_goes_after_the_other()
    {
        var run = Scenario.OfFlow("t: with_items: [a, b]");
        Assert.Equal(["t[0]"], run.Out);
        run.Succeed("t[0]");
        Assert.Equal(["t[1]"], run.Out);
    }
}
