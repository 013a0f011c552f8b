using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs;

public sealed class DataFlowTests
{
    [Fact]
    public void Inputs_of_a_task_are_rendered_with_their_types()
    {
        var run = Scenario.OfFlow(
            """
            a: input: {n: "{{ parameters.n }}", text: "n={{ parameters.n }}", list: ["{{ n2 }}", true], none: null}
            """,
            "vars: {n2: \"{{ parameters.n * 2 }}\"}",
            """{"n": 4}""");
        Assert.Equal("""{"n":4,"text":"n=4","list":[8,true],"none":null}""", run.Input("a").ToString());
    }

    [Fact]
    [Trait("lesson", "2.6")]
    public void A_task_without_input_gets_nothing()
    {
        var run = Scenario.OfFlow("a", inputs: """{"x": 1, "y": 2, "z": 3}""");
        Assert.Equal("{}", run.Input("a").ToString());
    }

    [Fact]
    [Trait("lesson", "7.3")]
    public void A_parameter_called_parameters_is_an_ordinary_one()
    {
        var run = Scenario.OfFlow(
            "a: input: {x: \"{{ parameters.parameters.x }}\"}", inputs: """{"parameters": {"x": 1}}""");
        Assert.Equal("""{"x":1}""", run.Input("a").ToString());
    }

    [Fact]
    public void A_result_is_seen_by_result_and_by_the_tasks_name_through_its_view()
    {
        var run = Scenario.OfFlow("""
            fetch -S-> b
            b: input: {abc: "{{ [task.fetch.x, tasks.fetch.data.x, result().x] }}", d: "{{ result().stdout }}"}
            """);
        run.Succeed("fetch", """{"data": {"x": 1, "stdout": "q"}, "stdout": "s"}""");
        Assert.Equal("""{"abc":[1,1,1],"d":"s"}""", run.Input("b").ToString());
    }

    [Fact]
    public void A_task_that_has_not_ended_has_no_result_and_the_visit_that_asks_fails()
    {
        var run = Scenario.OfFlow("""
            slow
            a -S-> b
            b: input: {x: "{{ task.slow }}"}
            """);
        run.Succeed("a").Succeed("slow");
        Assert.Equal(["slow/1 completed", "a/1 completed", "b/1 failed"], run.Visits);
        Assert.Equal(["expr.unknown-name"], run.Problems);
    }

    [Fact]
    public void A_failed_task_shows_what_its_worker_told()
    {
        SlotStatus[] ends = [SlotStatus.Failed, SlotStatus.Timeout, SlotStatus.Cancelled, SlotStatus.Abandoned];
        foreach (var status in ends)
        {
            var run = Scenario.OfFlow("""
                a -[not succeeded()]-> b
                b: input: {told: "{{ [task.a.succeeded, task.a.error] }}", ended: "{{ [status(), error()] }}"}
                """);
            run.End("a", status, """{"succeeded": false, "error": "boom"}""", "boom");
            var input = $$"""{"told":[false,"boom"],"ended":["{{StatusWords.Of(status)}}","boom"]}""";
            Assert.Equal(input, run.Input("b").ToString());
        }
    }

    [Fact]
    public void The_name_of_a_task_means_the_visit_that_ended_last()
    {
        var run = Scenario.OfFlow("""
            s -*-> a
            a -[result() < 3]-> a
            a -[result() == 3]-> b
            b: input: {x: "{{ task.a }}"}
            """);
        run.Succeed("s").Succeed("a", "1").Succeed("a/2", "2").Succeed("a/3", "3");
        Assert.Equal("""{"x":3}""", run.Input("b").ToString());
    }

    [Fact]
    public void Functions_of_the_outcome_answer_nothing_in_an_entry_task()
    {
        var run = Scenario.OfFlow("a: input: {all: \"{{ [result(), succeeded(), failed(), timed_out()] }}\"}");
        Assert.Equal("""{"all":[null,false,false,false]}""", run.Input("a").ToString());
    }

    [Fact]
    [Trait("lesson", "7.8")]
    public void The_time_and_the_ids_of_a_run_never_change()
    {
        var run = Scenario.OfFlow("""
            a -S-> b
            a: input: &i {all: "{{ [system.run_id, system.task, system.visit, system.workflow_start, now()] }}"}
            b: input: *i
            """);
        run.After(10).Succeed("a");
        Assert.Equal(
            """{"all":["run-1","a",1,"2026-01-02T03:04:05.000Z","2026-01-02T03:04:05.000Z"]}""",
            run.Input("a").ToString());
        Assert.Equal(
            """{"all":["run-1","b",1,"2026-01-02T03:04:05.000Z","2026-01-02T03:04:15.000Z"]}""",
            run.Input("b").ToString());
    }

    [Fact]
    public void Ids_that_expressions_make_differ_from_each_other_and_are_the_same_in_every_attempt()
    {
        var run = Scenario.OfFlow("""
            a: input: {one: "{{ uuid() }}", two: "{{ uuid() }}"}
            a: retry: {count: 1}
            b: input: {one: "{{ uuid() }}"}
            """);
        var first = (Value.Map)run.Input("a");
        Assert.True(first.TryGet("one", out var one) && first.TryGet("two", out var two) && one != two);
        run.Fail("a");
        Assert.Equal(first, run.Input("a#2"));
        Assert.DoesNotContain(((Value.Map)run.Input("b")).Entries[0].Value.ToString(), first.ToString());
        Assert.True(Guid.TryParse(((Value.Text)first.Entries[0].Value).Content, out _));
    }

    [Fact]
    [Trait("lesson", "7.1")]
    public void One_bad_template_fails_the_whole_visit_and_nothing_is_sent()
    {
        var run = Scenario.OfFlow("""
            a: input: {good: "{{ 1 }}", bad: "x {{ parameters.nope }}"}
            a -F-> b
            """);
        Assert.Equal(["b"], run.Sent);
        Assert.Equal("a/1 failed", run.Visits[0]);
        run.Succeed("b");
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public void Rendered_text_is_never_rendered_again()
    {
        var run = Scenario.OfFlow("a: input: {x: \"{{ parameters.t }}\"}", inputs: """{"t": "{{ 1 + 1 }}"}""");
        Assert.Equal("""{"x":"{{ 1 + 1 }}"}""", run.Input("a").ToString());
    }

    [Fact]
    public void An_action_and_a_pool_may_be_templates()
    {
        var run = Scenario.OfFlow("""
            a: action: "core.{{ parameters.what }}"
            a: pool: "{{ parameters.where }}"
            """, inputs: """{"what": "echo", "where": "gpu"}""");
        var sent = Assert.Single(run.Events.OfType<RunEvent.Dispatched>());
        Assert.Equal(("core.echo", "gpu"), (sent.Action, sent.Pool));
    }
}
