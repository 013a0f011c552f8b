using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs;

public sealed class ItemsTests
{
    [Fact]
    [Trait("lesson", "1.1")]
    public void Five_items_three_at_a_time_in_every_order_and_each_result_twice_dispatch_the_successor_once()
    {
        foreach (var order in Permutations.Of(0, 1, 2, 3, 4))
        {
            var run = Scenario.Unchecked(Scenario.Read(Flow.Of("""
                t: with_items: [a, b, c, d, e]
                t: concurrency: 3
                t -S-> n
                """)));
            var waiting = order.ToList();
            while (waiting.Count > 0)
            {
                var slot = run.SlotOf($"t[{waiting.First(item => run.Out.Contains($"t[{item}]"))}]");
                waiting.Remove(slot.Item);
                run.Finish(slot, SlotStatus.Completed).Finish(slot, SlotStatus.Completed);
            }

            Assert.Equal(["t[0]", "t[1]", "t[2]", "t[3]", "t[4]", "n"], run.Sent);
        }
    }

    [Fact]
    [Trait("lesson", "7.2")]
    public void Items_keep_their_types()
    {
        var run = Scenario.OfFlow("""
            t: with_items: "{{ parameters.items }}"
            t: concurrency: 9
            t: input: {x: "{{ item }}", y: "i={{ item }}"}
            """, inputs: """{"items": [5, true, null, [1], {"a": 1}]}""");
        Assert.Equal(
            ["5", "true", "null", "[1]", """{"a":1}"""],
            run.Out.Select(slot => ((Value.Map)run.Input(slot)).Entries[0].Value.ToString()));
        Assert.Equal("i=", ((Value.Text)((Value.Map)run.Input("t[2]")).Entries[1].Value).Content);
    }

    [Fact]
    public void The_element_may_have_a_name_of_its_own()
    {
        var run = Scenario.OfFlow("""
            t: with: host in parameters.hosts
            t: input: {a: "{{ host }}", b: "{{ item }}"}
            """, inputs: """{"hosts": ["h"]}""");
        Assert.Equal("""{"a":"h","b":"h"}""", run.Input("t[0]").ToString());
    }

    [Fact]
    [Trait("lesson", "1.8")]
    public void Results_are_a_list_in_the_order_of_the_items_for_result_and_for_the_tasks_name()
    {
        foreach (var order in Permutations.Of(0, 1, 2))
        {
            var run = Scenario.OfFlow("""
                t: with_items: [a, b, c]
                t: concurrency: 3
                t -*-> n
                n: input: {r: "{{ result() }}", t: "{{ task.t }}"}
                """);
            foreach (var item in order)
            {
                run.Succeed($"t[{item}]", $$$"""{"data": {"n": {{{item}}}}}""");
            }

            const string List = """[{"data":{"n":0},"n":0},{"data":{"n":1},"n":1},{"data":{"n":2},"n":2}]""";
            Assert.Equal($$"""{"r":{{List}},"t":{{List}}}""", run.Input("n").ToString());
            Assert.Equal(new ItemCounts(3, Succeeded: 3), RunView.Of(run.Run).Visits[0].Items);
        }
    }

    [Fact]
    public void States_of_the_items_can_be_read_after_the_visit()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [a, b, c]
            t: retry: {count: 1}
            t: fail_fast: true
            t -F-> n
            n: input: {s: "{{ item_states() }}"}
            """);
        run.Fail("t[0]").Succeed("t[0]#2", "1").Fail("t[1]").Fail("t[1]#2");
        Assert.Equal(
            ValueJson.Parse("""
                {"s": [
                  {"index": 0, "status": "completed", "result": 1, "error": null, "attempts": 2},
                  {"index": 1, "status": "failed", "result": null, "error": "boom", "attempts": 2},
                  {"index": 2, "status": "skipped", "result": null, "error": null, "attempts": 0}
                ]}
                """),
            run.Input("n"));
    }

    [Fact]
    [Trait("lesson", "1.9")]
    public void An_input_that_cannot_be_rendered_for_one_item_fails_the_visit_before_any_starts()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [1, 2, 4, 0, 5]
            t: input: {x: "{{ 8 // item }}"}
            t -F-> bad
            """);
        Assert.Equal(["bad"], run.Sent);
        var ended = run.Events.OfType<RunEvent.VisitEnded>().Single();
        Assert.Equal("items.render", ended.Code);
        Assert.StartsWith("Item 3:", ended.Error);
    }

    [Fact]
    public void Inputs_are_rendered_from_what_the_visit_saw_when_it_opened()
    {
        var run = Scenario.Of("""
            vars: {x: 1}
            tasks:
              - name: t
                action: core.noop
                with_items: [a, b]
                input: {x: "{{ x }}", other: "{{ task.a | default('none') }}"}
              - {name: a, action: core.noop, next: [{publish: {x: 2}}]}
            """);
        run.Succeed("a", "1").Succeed("t[0]");
        Assert.Equal("""{"x":1,"other":"none"}""", run.Input("t[1]").ToString());
    }

    [Fact]
    public void The_list_is_journaled_once()
    {
        var run = Scenario.OfFlow("t: with_items: \"{{ range(50) }}\"");
        for (var item = 0; item < 50; item++)
        {
            run.Succeed($"t[{item}]");
        }

        Assert.Single(run.Events, happened => happened is RunEvent.VisitOpened { Plan.Items.Count: 50 });
        Assert.Equal(51, run.Entries);
    }

    [Fact]
    public void More_items_than_allowed_fail_the_visit()
    {
        var run = Scenario.OfFlow("t: with_items: [1, 2, 3]", limits: RunLimits.Default with { MaxItems = 2 });
        Assert.Equal(["items.too-many"], run.Problems);
    }

    [Fact]
    [Trait("lesson", "9.5")]
    public void However_often_each_result_comes_the_facts_are_the_same()
    {
        var journals = Enumerable.Range(1, 3).Select(times =>
        {
            var run = Scenario.OfFlow("""
                t: with_items: [a, b, c]
                t: concurrency: 2
                t: retry: {count: 1}
                t -S-> n
                """);
            while (run.Out is [var first, ..])
            {
                var slot = run.SlotOf(first);
                for (var time = 0; time < times; time++)
                {
                    run.Finish(slot, slot is { Item: 1, Attempt: 1 } ? SlotStatus.Failed : SlotStatus.Completed);
                }
            }

            return Dump.Of(run.Events);
        });
        Assert.Single(journals.Distinct());
    }

    [Fact]
    public void A_batch_is_a_list_of_up_to_so_many_elements_and_counts_as_one_item()
    {
        var run = Scenario.OfFlow("""
            t: with: {items: "each in ['a', 'b', 'c', 'd', 'e']", batch_size: 2}
            t: input: {batch: "{{ item }}", same: "{{ each }}", number: "{{ index }}"}
            t: concurrency: 2
            """);

        Assert.Equal(["t[0]", "t[1]"], run.Out);
        Assert.Equal("""{"batch":["a","b"],"same":["a","b"],"number":0}""", run.Input("t[0]").ToString());
        run.Succeed("t[1]", "1");
        Assert.Equal("""{"batch":["e"],"same":["e"],"number":2}""", run.Input("t[2]").ToString());
        run.Succeed("t[0]", "0").Succeed("t[2]", "2");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("[0,1,2]", run.Run.Visit("t", 1)!.Result!.ToString());
        Assert.Equal(3, run.Run.Visit("t", 1)!.Counts.Succeeded);
    }

    [Fact]
    public void No_elements_make_no_batch_and_the_limit_of_items_is_of_batches()
    {
        var empty = Scenario.OfFlow("""
            t: with_items: []
            t: batch_size: 3
            """);
        var six = Scenario.OfFlow("""
            t: with_items: [1, 2, 3, 4, 5, 6]
            t: batch_size: 3
            """, limits: new RunLimits { MaxItems = 2 });

        Assert.Equal("[]", empty.Run.Visit("t", 1)!.Result!.ToString());
        Assert.Equal(["t[0]"], six.Out);
    }
}
