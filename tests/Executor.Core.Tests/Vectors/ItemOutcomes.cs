using Executor.Core.Runs;
using Executor.Core.Tests.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Vectors;

public sealed class ItemOutcomes
{
    [Fact]
    [Trait("vector", "W9")]
    public void Never_more_than_the_concurrency_are_out_and_the_successor_follows_the_last()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c, d, e]
            t: concurrency: 2
            t -S-> n
            """);
        for (var ended = 0; ended < 5; ended++)
        {
            Assert.DoesNotContain("n", run.Sent);
            Assert.Equal(Math.Min(2, 5 - ended), run.Out.Length);
            run.Succeed(run.Out[0]);
        }

        Assert.Equal(["n"], run.Out);
    }

    [Fact]
    [Trait("vector", "W10")]
    public void A_failed_item_stops_none_of_the_others_but_fails_the_visit()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c, d, e]
            t -S-> n
            """);
        run.Succeed("t[0]").Fail("t[1]").Succeed("t[2]").Succeed("t[3]").Succeed("t[4]");
        Assert.Equal("Workflow failed: 1 task(s) failed: t", run.Error);
        Assert.DoesNotContain("n", run.Sent);
        Assert.Contains("1 of 5 items did not succeed; item 1: boom", run.Run.Problems[0].Message);
    }

    [Fact]
    [Trait("vector", "W11")]
    public void The_failure_transition_fires_once_for_all_orders()
    {
        foreach (var order in Permutations.Of(0, 1, 2))
        {
            var run = Scenario.OfFlow("""
                t: with_items: [a, b, c]
                t: concurrency: 3
                t -S-> x
                t -F-> y
                """);
            foreach (var item in order)
            {
                _ = item == 1 ? run.Fail("t[1]") : run.Succeed($"t[{item}]");
            }

            Assert.Equal(["y"], run.Out);
            run.Succeed("y");
            Assert.Equal(RunStatus.Completed, run.Status);
        }
    }

    [Fact]
    [Trait("vector", "W12")]
    [Trait("lesson", "1.6")]
    public void An_empty_list_ends_the_visit_at_once_and_the_successor_follows_in_the_same_decision()
    {
        var run = Scenario.OfFlow("""
            a -S-> t
            t: with_items: "{{ [] }}"
            t -S-> n
            n: input: {r: "{{ task.t }}"}
            """);
        run.Succeed("a");
        Assert.Equal(["a", "n"], run.Sent);
        Assert.Equal("""{"r":[]}""", run.Input("n").ToString());
        run.Succeed("n");
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    [Trait("vector", "W13")]
    [Trait("lesson", "1.1")]
    public void Successor_is_dispatched_once_however_often_and_in_whatever_order_items_complete()
    {
        foreach (var order in Permutations.Of(0, 1, 2))
        {
            var run = Scenario.OfFlow("""
                t: with_items: [a, b, c]
                t: concurrency: 3
                t -S-> n
                """);
            var slots = order.Select(item => run.SlotOf($"t[{item}]")).ToArray();
            foreach (var slot in (Slot[])[slots[0], slots[0], slots[1], slots[2], slots[1], slots[2], slots[0]])
            {
                run.Finish(slot, SlotStatus.Completed);
            }

            Assert.Single(run.Sent, sent => sent == "n");
            Assert.Equal(4, run.Entries);
        }
    }

    [Theory]
    [Trait("vector", "W14")]
    [InlineData("null")]
    [InlineData("\"abc\"")]
    [InlineData("5")]
    [InlineData("{\"a\": 1}")]
    [Trait("lesson", "1.11")]
    public void Anything_but_a_list_fails_the_visit_with_no_dispatch(string items)
    {
        var run = Scenario.OfFlow("""
            t: with_items: "{{ parameters.items }}"
            t -F-> bad
            """, inputs: $$"""{"items": {{items}}}""");
        Assert.Equal(["bad"], run.Sent);
        var ended = run.Events.OfType<RunEvent.VisitEnded>().Single();
        Assert.Equal("items.not-a-list", ended.Code);
        Assert.Contains(ValueJson.Parse(items).Kind, ended.Error);
    }

    [Fact]
    [Trait("vector", "W14")]
    public void A_list_may_stand_in_the_file_with_templates_in_it()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [1, "{{ parameters.x }}", [2]]
            t: concurrency: 3
            t: input: {it: "{{ item }}", at: "{{ index }}"}
            """, inputs: """{"x": {"y": 1}}""");
        Assert.Equal(
            ["""{"it":1,"at":0}""", """{"it":{"y":1},"at":1}""", """{"it":[2],"at":2}"""],
            run.Out.Select(slot => run.Input(slot).ToString()));
    }

    [Fact]
    [Trait("vector", "W16")]
    public void A_waiting_retry_keeps_its_place()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c]
            t: concurrency: 2
            t: retry: {count: 1, delay: 60}
            t -S-> n
            """);
        run.Fail("t[0]");
        Assert.Equal(["t[1]"], run.Out);
        run.Succeed("t[1]");
        Assert.Equal(["t[2]"], run.Out);
        run.Succeed("t[2]");
        Assert.Empty(run.Out);
        Assert.False(run.Run.HasEnded);
        run.After(60).Succeed("t[0]#2");
        Assert.Equal(["n"], run.Out);
    }
}
