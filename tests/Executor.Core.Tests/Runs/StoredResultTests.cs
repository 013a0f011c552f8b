using System.Text;
using System.Text.Json;
using Executor.Core.Runs;
using Executor.Core.Runs.Snapshots;
using Executor.Core.Tests.Simulation.Checks;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs;

/// <summary>A run whose results lie beside its journal: what it decides is the same, and it needs only what it reads.</summary>
public sealed class StoredResultTests
{
    [Fact]
    public void Transitions_that_do_not_read_the_result_need_nothing()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - name: a
                action: core.noop
                next:
                  - {when: succeeded() and result() != null, publish: {all: "{{ result() }}"}, do: b}
              - {name: b, action: core.noop}
            """).Succeed("a", """{"v":1}""");

        Assert.Equal(0, run.Fetched);
        Assert.IsType<Value.Stored>(run.State.Variables.Entries.Single().Value);
        Assert.Equal("""{"all":{"v":1}}""", run.Whole(run.State.Variables).ToString());
    }

    [Fact]
    public void Inputs_that_would_read_more_than_a_node_can_hold_fail_the_visit_and_nothing_is_fetched()
    {
        var run = Scenario.OfFlow("""
            a: with_items: [0, 1, 2]
            a: concurrency: 3
            a -*-> b
            b: with_items: "{{ result() }}"
            b: input: {v: "{{ item.v }}"}
            b -F-> late
            """);
        for (var item = 0; item < 3; item++)
        {
            var stored = new Value.Stored(new StoredResult(new string((char)('a' + item), 64), 100 << 20, "object", 1 << 20, 2));
            run.Give(new RunCommand.FinishItem(
                run.SlotOf($"a[{item}]"), new ItemOutcome(SlotStatus.Completed, stored), run.Now));
        }

        Assert.Equal(["a/1 completed", "b/1 failed", "late/1 running"], run.Visits);
        Assert.Equal("expr.too-large", run.Run.Visit("b", 1)!.Code);
    }

    [Fact]
    public void A_transition_that_reads_it_needs_it_once()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - name: a
                action: core.noop
                next:
                  - {when: result().v > 0, publish: [{n: "{{ result().v + 1 }}"}, {m: "{{ workflow.n + result().v }}"}], do: b}
              - {name: b, action: core.noop, input: {n: "{{ workflow.m }}"}}
            """).Succeed("a", """{"v":1}""");

        Assert.Equal((1, 1), (run.Fetched, run.Rounds));
        Assert.Equal("""{"n":2,"m":3}""", run.State.Variables.ToString());
        Assert.Equal("""{"n":3}""", run.Events.OfType<RunEvent.Dispatched>().Last().Input.ToString());
    }

    [Fact]
    public void An_end_that_is_awaited_by_others_of_its_visit_needs_nothing_and_the_list_only_what_is_touched()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - name: a
                action: core.noop
                with_items: [1, 2, 3]
                concurrency: 3
                next:
                  - when: length(result()) == 3 and (item_states() | select('status', 'completed') | length) == 3
                    publish: {second: "{{ result()[1].v }}", states: "{{ item_states() }}"}
            """);
        for (var item = 0; item < 3; item++)
        {
            Assert.Equal(0, run.Fetched);
            run.Succeed("a", $$"""{"v":{{item}}}""", item);
        }

        Assert.Equal((1, 1), (run.Fetched, run.Rounds));
        Assert.Equal("1", run.State.Variables.Entries[0].Value.ToString());
        Assert.Equal(3, StoredValues.In(run.State.Variables.Entries[1].Value).Count);
    }

    [Fact]
    public void What_goes_out_is_whole_and_the_inputs_of_all_items_are_fetched_at_once()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - name: a
                action: core.noop
                with_items: [1, 2]
                concurrency: 2
                next: [{do: b}]
              - name: b
                action: core.noop
                with_items: "{{ result() }}"
                concurrency: 2
                input: {v: "{{ item.v }}", all: "{{ item }}"}
            """).Succeed("a", """{"v":1}""", 0).Succeed("a", """{"v":2}""", 1);

        Assert.Equal((2, 1), (run.Fetched, run.Rounds));
        Assert.Equal(
            ["""{"v":1,"all":{"v":1}}""", """{"v":2,"all":{"v":2}}"""],
            run.Events.OfType<RunEvent.Dispatched>().TakeLast(2).Select(sent => sent.Input.ToString()));
        Assert.Equal(2, StoredValues.In(run.Events.OfType<RunEvent.VisitOpened>().Last().Plan!.Items!).Count);
    }

    [Fact]
    public void What_a_resumed_window_sends_is_fetched_at_once()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - name: a
                action: core.noop
                with_items: [1, 2, 3, 4]
                concurrency: 4
                next: [{do: b}]
              - {name: b, action: core.noop, with_items: "{{ result() }}", concurrency: 2, input: {v: "{{ item.v }}"}}
            """);
        for (var item = 0; item < 4; item++)
        {
            run.Succeed("a", $$"""{"v":{{item}}}""", item);
        }

        run.Give(new RunCommand.Pause(null, Scenario.Begin)).Succeed("b", "[0]", 0).Succeed("b", "[1]", 1);
        Assert.Equal(RunStatus.Paused, run.State.Status);
        run.Give(new RunCommand.Resume(Scenario.Begin));

        Assert.Equal((2, 1), (run.Fetched, run.Rounds));
        Assert.Equal(2, run.State.InFlight.Count);
    }

    [Fact]
    public void The_output_is_whole_and_its_entries_are_fetched_at_once()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - {name: a, action: core.noop, next: [{publish: {x: "{{ result() }}"}, do: b}]}
              - {name: b, action: core.noop}
            output_map: {a: "{{ workflow.x }}", b: "{{ task.b.v }}", c: "{{ workflow.none }}", a2: "{{ task.a }}"}
            """).Succeed("a", """{"v":1}""");
        run.Succeed("b", """{"v":2}""");

        Assert.Equal((2, 1), (run.Fetched, run.Rounds));
        Assert.Equal(RunStatus.Completed, run.State.Status);
        Assert.Equal("""{"a":{"v":1},"b":2,"a2":{"v":1}}""", run.State.Output.ToString());
        Assert.Equal([RunCodes.OutputError], run.State.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void An_error_of_an_item_counts_only_when_those_before_it_are_known()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - name: a
                action: core.noop
                with_items: [1, 2]
                concurrency: 2
                next: [{do: b}]
              - name: b
                action: core.noop
                with_items: [0, 1]
                input: {v: "{{ result()[index].v if index == 0 else workflow.none }}"}
            """).Succeed("a", """{"w":1}""", 0).Succeed("a", """{"v":2}""", 1);

        Assert.StartsWith("Item 0: There is no field 'v'", run.State.Visit("b", 1)!.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_retry_condition_reads_the_result_of_its_attempt()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - {name: a, action: core.noop, retry: {count: 1, when: result().again}}
            """);
        var slot = new Slot("a", 1, Slot.NoItem, 1);
        var (stored, _) = LargeResult.Write(ValueJson.Parse("""{"again":true}"""))!.Value;
        var command = new RunCommand.FinishItem(
            slot, new ItemOutcome(SlotStatus.Failed, new Value.Stored(stored), "no"), Scenario.Begin);

        Assert.Equal(stored, Assert.Single(RunDecider.Decide(run.State, command).Needs));
        var atHand = StoredContents.None.With(stored, ValueJson.Parse("""{"again":true}"""));
        Assert.Contains(RunDecider.Decide(run.State, command, atHand: atHand).Events, one => one is RunEvent.RetryScheduled);
    }

    [Fact]
    public void A_rerun_keeps_the_references_of_its_origin_and_reads_what_they_stand_for()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - {name: a, action: core.noop, next: [{publish: {x: "{{ result() }}"}, do: b}]}
              - {name: b, action: core.noop, input: {v: "{{ workflow.x.v }}"}}
            output_map: {x: "{{ workflow.x }}"}
            """).Succeed("a", """{"v":1}""");
        run.Succeed("b", "[1]");

        var again = run.Rerun("b");

        Assert.Equal((1, 1), (again.Fetched, again.Rounds));
        Assert.IsType<Value.Stored>(again.Events.OfType<RunEvent.VisitKept>().Single().Items.Single().Result);
        Assert.Equal("""{"v":1}""", again.Events.OfType<RunEvent.Dispatched>().Single().Input.ToString());
        Assert.Equal(run.State.Output, again.Succeed("b", "[2]").State.Output);
    }

    [Fact]
    public void A_snapshot_holds_references_and_no_contents_each_once()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - {name: a, action: core.noop, next: [{publish: {x: "{{ result() }}", y: ["{{ result() }}"]}, do: b}]}
              - {name: b, action: core.noop}
            """).Succeed("a", """{"text":"only beside the journal"}""");
        var stored = StoredValues.In(run.State.Variables).Single();

        var json = Encoding.UTF8.GetString(RunStateJson.Write(run.State).Span);
        var back = RunStateJson.Read(Encoding.UTF8.GetBytes(json), (_, _, _) => run.State.Workflow!);

        var shape = $$"""{"s":["{{stored.Id}}",{{stored.Bytes}},"object",{{stored.Weight}},1]}""";
        Assert.Equal(2, json.Split(shape).Length);
        Assert.Equal(2, json.Split(stored.Id).Length);
        Assert.DoesNotContain("only beside", json, StringComparison.Ordinal);
        Assert.Null(Sameness.Difference(run.State, back));
        Assert.Equal(stored, StoredValues.In(back.Variables).Single());
        Assert.Throws<JsonException>(() => RunStateJson.Read(
            Encoding.UTF8.GetBytes(json.Replace("\"s\":[", "\"s\":[1,", StringComparison.Ordinal)),
            (_, _, _) => run.State.Workflow!));
    }

    [Fact]
    public void Ten_thousand_large_results_cost_the_state_little()
    {
        var run = ReferringRun.Of(
            """
            tasks:
              - {name: a, action: core.noop, with_items: "{{ range(10000) }}", concurrency: 10000}
            """);
        var state = run.State;
        for (var item = 0; item < 10_000; item++)
        {
            var stored = new StoredResult($"{item:x64}", 1 << 20, "object", 1 << 20, 2);
            var outcome = new ItemOutcome(SlotStatus.Completed, new Value.Stored(stored));
            state = state.Evolve(RunDecider.Decide(
                state, new RunCommand.FinishItem(new Slot("a", 1, item, 1), outcome, Scenario.Begin)).Events);
        }

        Assert.Equal(RunStatus.Completed, state.Status);
        Assert.InRange(RunStateJson.Write(state).Length, 1_000_000, 4_000_000);
    }
}
