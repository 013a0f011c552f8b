using Executor.Core.Explaining;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs.Calls;

/// <summary>A task whose action is a workflow is a run of it.</summary>
public sealed class CallTests
{
    private const string Child =
        """
        ref: lib.child
        parameters: {n: {type: integer, required: true}, m: {type: integer, default: 7}}
        tasks: [{name: work, action: core.noop}]
        output_map: {sum: "{{ parameters.n + parameters.m }}", said: "{{ task.work }}"}
        """;

    private const string Caller =
        """
        tasks:
          - name: call
            action: lib.child
            input: {n: 1}
            next:
              - {when: succeeded(), publish: [sum: "{{ result().sum }}"], do: after}
              - {when: failed(), publish: [why: "{{ result() }}"], do: failure}
              - {when: timed_out(), do: late}
          - {name: after, action: core.noop}
          - {name: failure, action: core.noop}
          - {name: late, action: core.noop}
        """;

    [Fact]
    public void A_state_that_knows_no_end_is_stale_when_it_hears_that_its_caller_knows_one()
    {
        var stale = RunState.Initial(new RunId("called"));

        var decision = RunDecider.Decide(stale, new RunCommand.HearParent(Scenario.Begin));

        Assert.Equal(RunCodes.SlotUnknown, decision.Refusal?.Code);
    }

    [Fact]
    public void A_call_goes_to_no_worker_but_to_a_run_with_the_id_of_the_dispatch()
    {
        var family = new Family(Child, Caller);

        var (from, effect) = Assert.Single(family.Post);
        var call = Assert.IsType<RunEffect.Call>(effect);
        var slot = new Slot("call", 1, Slot.NoItem, 1);
        Assert.Equal(family.Main.Id, from);
        Assert.Equal(DispatchId.Of(family.Main.Id, slot).Text, call.Run.Text);
        Assert.Equal(new RunParent(family.Main.Id, slot, 1, family.Now, null, family.Main.Id), call.Parent);
        Assert.Equal("lib.child", call.Workflow.Ref);
        Assert.Null(family.Main.NextDue);
    }

    [Fact]
    public void An_explanation_names_the_run_that_is_waited_for()
    {
        var family = new Family(Child, Caller).Settle();

        var sentences = Explanation.Of(family.Main.Id, family.JournalOf(family.Main), "call")!.Value;

        Assert.Equal(
            $"Attempt 1 of lib.child is a run of its own since 2026-01-02 03:04:05Z: {family.Run("call").Id}.",
            Assert.Single(sentences, sentence => sentence.Kind == SentenceKind.AtWork).Text);
    }

    [Fact]
    public void The_output_of_the_called_run_is_the_result_of_the_task()
    {
        var family = new Family(Child, Caller).Settle();

        family.Succeed(family.Run("call"), "work", "\"done\"");

        Assert.Equal(RunStatus.Completed, family.Run("call").Status);
        Assert.Equal("8", family.Main.Variables.Single(one => one.Key == "sum").Value.ToString());
        Assert.True(family.Main.IsAwaited(new Slot("after", 1, Slot.NoItem, 1)));
    }

    [Fact]
    public void A_failure_comes_up_with_the_problems_of_the_called_run()
    {
        var family = new Family(Child, Caller).Settle();

        family.Fail(family.Run("call"), "work");

        var why = family.Main.Variables.Single(one => one.Key == "why").Value;
        Assert.Equal(
            """{"error":"Workflow failed: 1 task(s) failed: work","succeeded":false,"causes":[{"task":"work","code":"task.failed","message":"Task 'work' ended failed: boom"}]}""",
            why.ToString());
        Assert.Equal("Workflow failed: 1 task(s) failed: work", family.Main.Visit("call", 1)!.Error);
        Assert.True(family.Main.IsAwaited(new Slot("failure", 1, Slot.NoItem, 1)));
    }

    [Fact]
    public void What_lies_at_the_bottom_of_a_family_comes_up_to_the_top_of_it()
    {
        var family = new Family(
            """
            ref: lib.top
            tasks: [{name: mid, action: lib.mid}]
            ---
            ref: lib.mid
            tasks: [{name: low, action: lib.low, with_items: [1, 2], concurrency: 2}]
            ---
            ref: lib.low
            tasks: [{name: p, type: parallel, tasks: [{name: q, action: lib.leaf}]}]
            ---
            ref: lib.leaf
            tasks: [{name: work, action: x.y}]
            """,
            "tasks: [{name: call, action: lib.top}]").Settle();
        foreach (var leaf in family.Runs.Where(run => run.Workflow!.Ref == "lib.leaf").ToList())
        {
            family.Fail(leaf, "work");
        }

        Assert.Equal("Workflow failed: 1 task(s) failed: call", family.Main.Error);
        Assert.Equal(
            "Task 'call' ended failed: Workflow failed: 1 task(s) failed: mid. At the bottom of it: Task 'work' ended failed: boom",
            Assert.Single(family.Main.Problems).Message);
        Assert.Equal(
            """[{"task":"work","code":"task.failed","message":"Task 'work' ended failed: boom"},{"task":"work","code":"task.failed","message":"Task 'work' ended failed: boom"}]""",
            Below(family.Main).ToString());
        Assert.Contains(
            Explanation.Of(family.Main.Id, family.JournalOf(family.Main), "call")!.Value,
            sentence => sentence.Text.Contains("At the bottom of it: Task 'work' ended failed: boom.", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_deep_and_wide_family_a_result_tells_a_bounded_part()
    {
        const string Wide = "tasks: [{name: a, action: lib.self, with_items: [1, 2, 3]}]";
        var family = new Family($"ref: lib.self\n{Wide}", Wide, limits: RunLimits.Default with { MaxDepth = 4 }).Settle();

        Assert.Equal(RunStatus.Failed, family.Main.Status);
        Assert.Equal(20, ((Value.List)Below(family.Main)).Items.Length);
        Assert.Contains("have called each other already", Assert.Single(family.Main.Problems).Message, StringComparison.Ordinal);
    }

    /// <summary>What the first cause of the end of a run names as its causes.</summary>
    private static Value Below(RunState run)
    {
        RunResults.Of(run).TryGet("causes", out var causes);
        ((Value.Map)((Value.List)causes!).Items[0]).TryGet("causes", out var below);
        return below!;
    }

    [Fact]
    public void The_end_is_told_until_the_caller_has_stored_it_and_not_after()
    {
        var family = new Family(Child, Caller).Settle();
        var work = family.Run("call").InFlight.Keys.Single();
        family.Tell(family.Run("call").Id, new RunCommand.FinishItem(
            work, new ItemOutcome(SlotStatus.Completed, Value.Null), family.Now));

        Assert.IsType<RunEffect.TellParent>(Assert.Single(RunEffects.Open(family.Run("call"))));
        Assert.False(family.Run("call").IsSettled);
        family.Settle();

        Assert.Empty(RunEffects.Open(family.Run("call")));
        Assert.True(family.Run("call").IsSettled);
        Assert.True(family.Tell(family.Run("call").Id, new RunCommand.HearParent(family.Now)).IsEmpty);
    }

    [Theory]
    [InlineData("{n: x}", "input.type")]
    [InlineData("{}", "input.missing")]
    [InlineData("{n: 1, k: 2}", "input.unknown")]
    public void Inputs_that_the_workflow_does_not_take_fail_the_visit_and_nothing_is_called(string input, string code)
    {
        var family = new Family(Child, Caller.Replace("{n: 1}", input, StringComparison.Ordinal));

        Assert.Empty(family.Post);
        Assert.Equal(code, family.Main.Visit("call", 1)!.Code);
        Assert.True(family.Main.IsAwaited(new Slot("failure", 1, Slot.NoItem, 1)));
    }

    [Theory]
    [InlineData("vars: {v: \"{{ 1 // 0 }}\"}\ntasks: [{name: a, action: core.noop}]", "vars.error")]
    [InlineData("tasks: [{name: a, action: core.noop, next: [{do: b}]}, {name: b, action: core.noop, next: [{do: a}]}]", "workflow.no-entry")]
    public void A_called_run_that_cannot_start_ends_failed_and_its_caller_hears_why(string text, string code)
    {
        var family = new Family($"ref: lib.child\n{text}", Caller).Settle();

        Assert.Equal(["call/1/1 failed"], family.Called);
        Assert.Contains($"\"code\":\"{code}\"", family.Main.Variables.Single(one => one.Key == "why").Value.ToString());
        Assert.True(family.Run("call").IsSettled);
    }

    [Fact]
    public void What_a_name_means_is_looked_up_before_anything_is_decided_and_kept_to_the_end_of_the_run()
    {
        const string twice =
            """
            tasks:
              - {name: call, action: "lib.{{ parameters.which }}", input: {n: 1}, retry: {count: 1}, next: [{do: again}]}
              - {name: again, action: lib.child, input: {n: 1}}
            """;
        var family = new Family(Child, twice, """{"which":"child"}""").Settle();
        family.Store(Child.Replace("parameters.n +", "100 +", StringComparison.Ordinal));

        family.Fail(family.Run("call"), "work");
        family.Succeed(family.Run("call"), "work");
        family.Succeed(family.Run("again"), "work");

        Assert.Equal(["call/1/1 failed", "call/1/2 completed", "again/1/1 completed"], family.Called);
        Assert.Single(family.Asked, name => name == "lib.child");
        Assert.Equal(family.Run("call").Output, family.Run("again").Output);
    }

    [Fact]
    public void A_name_that_is_no_workflow_is_a_worker_s_unless_it_names_a_file()
    {
        var worker = new Family("", "tasks: [{name: a, action: app.work}]");
        Assert.Equal(["app.work"], worker.Asked);
        Assert.Empty(worker.Post);
        Assert.True(worker.Main.IsAwaited(new Slot("a", 1, Slot.NoItem, 1)));

        var file = new Family("", "tasks: [{name: a, action: ./parts/b.yaml}]");
        Assert.Equal(["./parts/b.yaml"], file.Asked);
        Assert.Equal("action.unknown", file.Main.Visit("a", 1)!.Code);
        Assert.Equal(RunStatus.Failed, file.Main.Status);
    }

    [Fact]
    [Trait("lesson", "6.2")]
    public void A_workflow_that_calls_itself_stops_at_the_deepest_call_and_the_failure_climbs()
    {
        const string self = "ref: lib.self\ntasks: [{name: again, action: lib.self}]";
        var family = new Family(self, self, limits: new RunLimits { MaxDepth = 3 }).Settle();

        Assert.Equal(4, family.Runs.Count());
        Assert.All(family.Runs, run => Assert.Equal(RunStatus.Failed, run.Status));
        Assert.Equal("run.too-deep", family.Run("again", "again", "again").Visit("again", 1)!.Code);
        Assert.Equal("task.failed", Assert.Single(family.Main.Problems).Code);
        Assert.Empty(family.Post);
    }

    [Fact]
    public void Items_are_calls_of_their_own_and_as_many_as_the_window_lets()
    {
        var family = new Family(Child, """
            tasks:
              - name: call
                action: lib.child
                with_items: [1, 2, 3]
                concurrency: 2
                input: {n: "{{ item }}"}
            output_map: {sums: "{{ map(task.call, 'sum') }}"}
            """).Settle();

        Assert.Equal(["call/1[0]/1 running", "call/1[1]/1 running"], family.Called);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            family.Succeed(family.Runs.First(run => run.Parent is not null && !run.HasEnded), "work");
        }

        Assert.Equal("""{"sums":[8,9,10]}""", family.Main.Output.ToString());
        Assert.Equal(["call/1[0]/1 completed", "call/1[1]/1 completed", "call/1[2]/1 completed"], family.Called);
    }

    [Fact]
    public void A_call_takes_a_place_of_max_parallel()
    {
        var family = new Family(Child, """
            max_parallel: 1
            tasks:
              - {name: call, action: lib.child, input: {n: 1}}
              - {name: other, action: core.noop}
            """).Settle();

        Assert.DoesNotContain(family.Main.InFlight.Keys, slot => slot.Task == "other");
        family.Succeed(family.Run("call"), "work");
        Assert.Contains(family.Main.InFlight.Keys, slot => slot.Task == "other");
    }

    [Fact]
    public void The_same_message_again_changes_nothing()
    {
        var family = new Family(Child, Caller);
        family.Deliver(0, keep: true);
        family.Deliver(0);
        Assert.Single(family.JournalOf(family.Run("call")));

        var work = family.Run("call").InFlight.Keys.Single();
        var end = new RunCommand.FinishItem(work, new ItemOutcome(SlotStatus.Completed, Value.Null), family.Now);
        family.Tell(family.Run("call").Id, end);
        var entries = family.JournalOf(family.Main).Count;
        family.Deliver(0, keep: true);
        family.Deliver(0);

        Assert.Equal(entries + 1, family.JournalOf(family.Main).Count);
        Assert.Equal(3, family.JournalOf(family.Run("call")).Count);
    }
}
