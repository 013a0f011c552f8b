using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class ItemsFailureTests
{
    [Fact]
    [Trait("lesson", "1.5")]
    public void The_outcome_never_depends_on_which_item_ended_last()
    {
        foreach (var order in Permutations.Of("fail", "time out", "succeed"))
        {
            var run = Scenario.OfFlow("""
                t: with_items: [a, b, c]
                t: concurrency: 3
                t -S-> s
                t -F-> f
                t -T-> o
                """);
            for (var item = 0; item < 3; item++)
            {
                _ = order[item] switch
                {
                    "fail" => run.Fail($"t[{item}]"),
                    "time out" => run.TimeOut($"t[{item}]"),
                    _ => run.Succeed($"t[{item}]"),
                };
            }

            Assert.Equal(["f"], run.Out);
        }
    }

    [Fact]
    public void A_visit_whose_items_at_worst_timed_out_has_timed_out()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b]
            t: concurrency: 2
            t -T-> o
            """);
        run.TimeOut("t[1]").Succeed("t[0]");
        Assert.Equal(["o"], run.Out);
        Assert.Equal("t/1 timeout", run.Visits[0]);
    }

    [Fact]
    [Trait("lesson", "1.7")]
    public void Every_end_of_the_last_item_closes_the_visit()
    {
        var ends = Enum.GetValues<SlotStatus>().Where(status => status >= SlotStatus.Completed);
        foreach (var status in ends.Except([SlotStatus.Skipped]))
        {
            var run = Scenario.OfFlow("""
                t: with_items: [a, b]
                t: concurrency: 2
                t -F-> f
                t -S-> s
                t -T-> o
                """);
            run.Succeed("t[0]").End("t[1]", status);
            var expected = status switch { SlotStatus.Completed => "s", SlotStatus.Timeout => "o", _ => "f" };
            Assert.Equal([expected], run.Out);
        }
    }

    [Theory]
    [InlineData(SlotStatus.Failed)]
    [InlineData(SlotStatus.Timeout)]
    [InlineData(SlotStatus.Abandoned)]
    public void Fail_fast_skips_items_that_have_not_started_and_lets_the_others_end(SlotStatus status)
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c, d, e]
            t: concurrency: 2
            t: fail_fast: true
            t -*-> n
            n: input: {r: "{{ result() }}"}
            """);
        run.End("t[0]", status, "1", "boom");
        Assert.Equal(["t[1]"], run.Out);
        run.Succeed("t[1]", "2");
        Assert.Equal("""{"r":[1,2,null,null,null]}""", run.Input("n").ToString());
        var counts = RunView.Of(run.Run).Visits[0].Items!.Value;
        Assert.Equal((5, 1, 3), (counts.Total, counts.Succeeded, counts.Skipped));
    }

    [Fact]
    public void Fail_fast_waits_for_the_last_attempt_and_skips_items_that_are_held_back()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c, d]
            t: concurrency: 3
            t: fail_fast: true
            t: retry: {count: 1}
            """, "max_parallel: 1");
        run.Fail("t[0]");
        Assert.Equal(["t[1]"], run.Out);
        run.Succeed("t[1]").Succeed("t[2]").Fail("t[0]#2");
        Assert.Equal(["t[0]", "t[1]", "t[2]", "t[0]#2"], run.Sent);
        Assert.Equal(new ItemCounts(4, Succeeded: 2, Failed: 1, Skipped: 1), RunView.Of(run.Run).Visits[0].Items);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public void Fail_fast_takes_its_own_held_slots_out_of_the_line_and_no_others()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c]
            t: concurrency: 2
            t: fail_fast: true
            x
            y
            """, "max_parallel: 2");
        Assert.Equal(["t[0]", "t[1]"], run.Out);
        run.Succeed("t[1]");
        Assert.Equal([new Slot("y", 1, Slot.NoItem, 1), new Slot("t", 1, 2, 1)], run.Run.Held);
        run.Fail("t[0]");
        Assert.Equal(["x", "y"], run.Out);
        Assert.Empty(run.Run.Held);
        run.Succeed("x").Succeed("y");
        Assert.Equal(["t"], RunView.Of(run.Run).FailedTasks);
        Assert.Equal(new ItemCounts(3, Succeeded: 1, Failed: 1, Skipped: 1), RunView.Of(run.Run).Visits[0].Items);
    }
}
