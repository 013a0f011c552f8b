using System.Text.Json;

namespace Executor.Rehearsal.Tests;

/// <summary>What a script says happens, and nothing else.</summary>
public sealed class ScriptTests
{
    private static readonly RehearsedWorkflow Two = RehearsedWorkflow.Parse("""
        ref: test.two
        parameters: {n: {type: integer, default: 1}}
        tasks:
          - name: a
            action: x.first
            input: {n: "{{ parameters.n }}"}
            retry: {count: 2, delay: 60}
            next: [{publish: {said: "{{ result() }}"}, do: b}]
          - name: b
            action: x.second
            with_items: [x, y, z]
            concurrency: 3
            input: {letter: "{{ item }}"}
        output_map: {said: "{{ workflow.said }}", letters: "{{ task.b }}"}
        """);

    [Fact]
    public void Every_attempt_succeeds_with_null_unless_the_script_says_otherwise()
    {
        var run = Two.Script().Run();

        Assert.Equal("completed", run.Status);
        Assert.Equal("""{"said":null,"letters":[null,null,null]}""", run.Output.GetRawText());
        Assert.Equal(["a/1 completed", "b/1 completed"], run.Visits);
        Assert.Empty(run.Problems);
        Assert.Equal(JsonValueKind.Null, run.Variables.GetProperty("said").ValueKind);
    }

    [Fact]
    public void What_is_said_last_wins_and_what_is_left_out_stands_for_all()
    {
        var run = Two.Script().Input("n", 7)
            .On("a").Succeeds("late").On("a", attempt: 1).Fails("once")
            .On("b").Succeeds(new { ok = true }).On("b", item: 1).Fails("no").On("b", visit: 2, item: 0).Fails("never asked")
            .Run();

        Assert.Equal("""{"said":"late","letters":[{"ok":true},{"succeeded":false,"error":"no"},{"ok":true}]}""", run.Output.GetRawText());
        Assert.Equal(
            ["a 1 ", "a 2 ", "b 1 0", "b 1 1", "b 1 2"],
            run.Dispatches.Select(sent => $"{sent.Task} {sent.Attempt} {sent.Item}"));
        Assert.Equal("""{"n":7}""", run.Dispatches[0].Input.GetRawText());
        Assert.Equal((TimeSpan.FromSeconds(60), 1, "x.first"), (run.Dispatches[1].Delay, run.Dispatches[1].After, run.Dispatches[1].Action));
        Assert.Equal(["task.failed"], run.Problems);
    }

    [Theory]
    [InlineData("timeout")]
    [InlineData("abandoned")]
    [InlineData("cancelled")]
    public void An_attempt_may_end_in_any_way(string status)
    {
        var place = Two.Script().On("a");
        var script = status switch
        {
            "timeout" => place.TimesOut(),
            "abandoned" => place.LosesWorker(),
            _ => place.IsCancelled(),
        };

        var run = script.Run().ShouldEnd("completed").ShouldDispatch("a", status == "cancelled" ? 1 : 3);

        Assert.Equal([$"a/1 {status}", "b/1 completed"], run.Visits);
    }

    [Fact]
    public void Results_come_in_the_order_that_is_asked_for()
    {
        var workflow = RehearsedWorkflow.Parse("""
            vars: {order: []}
            tasks:
              - {name: a, action: x.y, next: [{publish: {order: "{{ workflow.order + ['a'] }}"}}]}
              - {name: b, action: x.y, next: [{publish: {order: "{{ workflow.order + ['b'] }}"}}]}
              - {name: c, action: x.y, next: [{publish: {order: "{{ workflow.order + ['c'] }}"}}]}
            output_map: {order: "{{ workflow.order }}"}
            """);
        var script = workflow.Script();

        script.Run().ShouldGive("order", new[] { "a", "b", "c" });
        script.LatestFirst().Run().ShouldGive("order", new[] { "c", "b", "a" });
        script.InOrder("b", "c").Run().ShouldGive("order", new[] { "b", "c", "a" });
        script.InOrder(("c", 1, null)).Run().ShouldGive("order", new[] { "c", "a", "b" });
        Assert.Equal(
            script.Shuffled(5).Run().Output.GetRawText(), script.Shuffled(5).Run().Output.GetRawText());
    }

    [Fact]
    public void Somebody_cancels_after_some_results() =>
        Two.Script().CancelAfter(1).Run().ShouldEnd("cancelled").ShouldDispatch("b", times: 3);

    [Fact]
    public void A_script_for_the_command_line_is_taken_over_with_what_it_expects()
    {
        var script = Two.Script().From("""
            script: {tasks: {a: [{result: hi}]}}
            expect: {status: completed, output: {said: hi}, dispatches: {b: 3}}
            """);

        script.Run().ShouldBeAsExpected();
        var wrong = Assert.Throws<RehearsalExpectationException>(
            () => script.On("b").Fails("no").Run().ShouldBeAsExpected());
        Assert.StartsWith("It ended failed, not completed.\n", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_run_is_refused_with_all_causes()
    {
        var file = Assert.Throws<WorkflowRefusedException>(
            () => RehearsedWorkflow.Parse("tasks: [{name: a, action: x.y, nxt: 1}, {name: a, action: x.y}]", "bad"));
        Assert.Contains("bad:1:32: spec.unknown-key", file.Message, StringComparison.Ordinal);
        Assert.Contains("task.duplicate", file.Message, StringComparison.Ordinal);
        Assert.Contains(
            "input.type", Assert.Throws<WorkflowRefusedException>(() => Two.Script().Input("n", "x").Run()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "script:1:1: spec.unknown-key",
            Assert.Throws<WorkflowRefusedException>(() => Two.Script().From("inputz: {}")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "It has a, b.", Assert.Throws<ArgumentException>(() => Two.Script().On("c")).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => RehearsedWorkflow.Load("none.yaml"));
    }

    [Fact]
    public void Items_that_cannot_be_are_mistakes_of_the_test()
    {
        Assert.Equal("'a' has no items. (Parameter 'item')", Assert.Throws<ArgumentException>(() => Two.Script().On("a", item: 0)).Message);
        Assert.Equal(
            "'b' has no item 3: it had 3 items, which count from 0.",
            Assert.Throws<WorkflowRefusedException>(() => Two.Script().On("b", item: 3).Fails().Run()).Message);
        Two.Script().On("b", item: 2).Succeeds().Run().ShouldAskForAllOfTheScript();
        Two.Script().On("a").Fails().On("b", visit: 2, item: 9).Fails().Run().ShouldEnd("completed");
    }

    [Fact]
    public void What_a_run_never_asked_for_is_told_and_may_be_forbidden()
    {
        var run = Two.Script().On("a", attempt: 2).Succeeds().On("b", visit: 2).Fails().InOrder("a", "a").Run();

        Assert.Equal(["task 'a', attempt 2", "task 'b', visit 2", "order, task 'a', visit 1"], run.NeverAsked);
        Assert.Equal(run.NeverAsked.Select(part => $"Scripted but never asked for: {part}."), run.Warnings);
        Assert.StartsWith(
            "Scripted but never asked for: task 'a', attempt 2.\nScripted",
            Assert.Throws<RehearsalExpectationException>(run.ShouldAskForAllOfTheScript).Message, StringComparison.Ordinal);

        Assert.Empty(Two.Script().On("a").Succeeds().Run().ShouldAskForAllOfTheScript().Warnings);
        Assert.Equal(
            ["task 'b', visit 2"],
            Two.Script().On("a", attempt: 2).Succeeds().On("b", visit: 2).Fails().Explore(50, seed: 1, failures: 0.5).NeverAsked);
    }

    [Fact]
    public void Conditions_that_have_no_value_are_warned_of_although_the_failure_is_handled()
    {
        var run = RehearsedWorkflow.Parse("""
            tasks:
              - name: a
                action: x.y
                next: [{when: "result().code == 5", do: fail}, {when: failed(), do: noop}]
            """).Script().On("a").Fails("no").Run().ShouldEnd("completed");

        Assert.StartsWith("'a': The condition of transition 1 of visit 1 has no value", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Empty(run.NeverAsked);
    }

    [Fact]
    public void A_question_is_answered_as_it_must_be_or_not_at_all()
    {
        var asking = RehearsedWorkflow.Parse(
            "tasks: [{name: ask, action: core.ask, input: {prompt: Well?, options: [1, 2]}}]").Script();

        asking.On("ask").Answers(2).Run().ShouldEnd("completed");
        Assert.Contains(
            "inquiry.invalid: The answer for 'ask' (ask/1/1): ",
            Assert.Throws<WorkflowRefusedException>(() => asking.On("ask").Answers(3).Run()).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "script:2:19: inquiry.invalid: ",
            Assert.Throws<WorkflowRefusedException>(() => asking.From("script: {tasks: {ask:\n        [{answer: 3}]}}").Run()).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "rehearsal.unanswered: The question of 'ask' (ask/1/1) waits",
            Assert.Throws<WorkflowRefusedException>(() => asking.Run()).Message, StringComparison.Ordinal);
    }
}
