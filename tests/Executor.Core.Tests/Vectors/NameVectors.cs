using Executor.Core.Runs;
using Executor.Core.Tests.Expressions;
using Executor.Core.Tests.Runs;
using Executor.Core.Tests.Workflows;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Vectors;

/// <summary>What names mean while a run goes on.</summary>
[Trait("vector", "2")]
public sealed class NameVectors
{
    private static readonly string[] Reserved =
    [
        "parameters", "workflow", "vars", "variables", "task", "tasks", "config", "keystore", "item", "index", "system",
    ];

    [Theory]
    [InlineData("parameters.p · parameters.q", "1 · expr.unknown-name")]
    [InlineData("workflow.v · vars.v · variables.v · v", "2")]
    [InlineData("nope · workflow.nope", "expr.unknown-name")]
    public void Parameters_and_variables(string expressions, string values)
    {
        foreach (var (expression, value) in Row.Of(expressions, values))
        {
            var run = Scenario.OfFlow(Shows("a", expression), "vars: {v: 2}", """{"p": 1}""");

            Assert.Equal(value, Seen.By(run, "a"));
        }
    }

    [Fact]
    public void Names_of_the_language_are_no_variables() =>
        Assert.All(Reserved, name =>
        {
            Assert.Equal(["vars.reserved 2:8"], Texts.Checked($"{Texts.OneTask}vars: {{{name}: 1}}"));
            Assert.Equal(
                ["vars.reserved 1:50"],
                Texts.Checked($"tasks: {{a: {{action: core.noop, next: [{{publish: {{{name}: 1}}}}]}}}}"));
        });

    [Fact]
    public void A_bare_name_that_nothing_defines_is_refused_by_the_check_and_one_of_the_workflow_only_when_it_is_read()
    {
        Assert.Null(WorkflowCheck.Run(Flow.Of(Shows("a", "nope")), "test").Spec);
        Assert.NotNull(WorkflowCheck.Run(Flow.Of(Shows("a", "workflow.nope")), "test").Spec);
    }

    [Fact]
    public void The_result_of_a_task_that_has_ended()
    {
        foreach (var (expression, value) in Row.Of("task.fetch.x · tasks.fetch.data.x · task.fetch.result.x", "1 · 1 · expr.unknown-name"))
        {
            var run = Scenario.OfFlow($"fetch -*-> b\n{Shows("b", expression)}").Succeed("fetch", """{"data":{"x":1}}""");

            Assert.Equal(value, Seen.By(run, "b"));
        }
    }

    [Fact]
    public void A_task_that_has_not_ended_has_no_result_and_a_task_is_its_result()
    {
        Assert.Equal("expr.unknown-name", Seen.By(Scenario.OfFlow($"fetch\n{Shows("b", "task.fetch")}"), "b"));
        var scope = new TestScope().WithMember("task", "fetch", """{"data":{"x":1},"x":1}""");
        Assert.Equal("task.fetch is the result.", Evaluating.Fails("expr.unknown-name", "task.fetch.result.x", scope).Hint);
    }

    [Theory]
    [InlineData(SlotStatus.Failed)]
    [InlineData(SlotStatus.Timeout)]
    [InlineData(SlotStatus.Cancelled)]
    [InlineData(SlotStatus.Abandoned)]
    public void A_task_that_did_not_succeed_says_so_and_why(SlotStatus status)
    {
        var outcome = ItemOutcome.Untold(status, "It broke.", "task.any");
        var run = Scenario.OfFlow($"fetch -*-> b\n{Shows("b", "[task.fetch.succeeded, task.fetch.error]")}");

        run.Give(new RunCommand.FinishItem(run.SlotOf("fetch"), outcome, run.Now));

        Assert.Equal("""[false,"It broke."]""", Seen.By(run, "b"));
    }

    [Fact]
    public void Of_several_visits_the_one_that_ended_last()
    {
        var run = Scenario.OfFlow($"""
            s -*-> fetch
            fetch -[result() < 3]-> fetch
            fetch -[result() == 3]-> b
            {Shows("b", "task.fetch")}
            """).Succeed("s").Succeed("fetch", "1").Succeed("fetch/2", "2").Succeed("fetch/3", "3");

        Assert.Equal("3", Seen.By(run, "b"));
    }

    [Fact]
    public void Of_items_the_list_with_null_where_one_never_ran()
    {
        var run = Scenario.OfFlow($"""
            t: with_items: [a, b, c]
            t: fail_fast: true
            t -*-> b
            {Shows("b", "[task.t, result()]")}
            """).Succeed("t[0]", "1").Fail("t[1]", result: "2");

        Assert.Equal("[[1,2,null],[1,2,null]]", Seen.By(run, "b"));
    }

    [Fact]
    public void An_item_and_its_index_exist_in_its_input_alone()
    {
        var run = Scenario.OfFlow($"t: with_items: [x, y]\n{Shows("t", "[item, index]")}").Succeed("t[0]");

        Assert.Equal("""{"v":["y",1]}""", run.Input("t[1]").ToString());
        foreach (var name in new[] { "item", "index" })
        {
            string[] places = [$"t: with_items: [1]\nt -[{name}]-> noop", Shows("a", name)];
            Assert.All(
                places, tasks => Assert.StartsWith("expr.unknown-name", Assert.Single(Texts.Checked(Flow.Of(tasks)))));
            Assert.Equal("expr.unknown-name", Seen.By(Scenario.OfFlow(Shows("a", name)), "a"));
        }
    }

    [Fact]
    public void In_an_entry_task_nothing_has_ended_and_the_check_refuses_to_ask()
    {
        var tasks = Shows("a", "[result(), succeeded(), failed(), timed_out()]");

        Assert.Equal("[null,false,false,false]", Seen.By(Scenario.OfFlow(tasks), "a"));
        Assert.All(Texts.Checked(Flow.Of(tasks)), line => Assert.StartsWith("task.no-outcome", line));
    }

    [Fact]
    public void Elsewhere_result_is_that_of_the_visit_that_has_led_there_and_of_a_join_of_the_last_arrival()
    {
        foreach (var order in Permutations.Of("a", "b"))
        {
            var run = Scenario.OfFlow($"""
                a -*-> j
                b -*-> j
                j: join: all
                j -*-> c
                {Shows("j", "result()")}
                {Shows("c", "result()")}
                """).Succeed(order[0], "1").Succeed(order[1], "2").Succeed("j", "3");

            Assert.Equal(("2", "3"), (Seen.By(run, "j"), Seen.By(run, "c")));
        }
    }

    [Fact]
    public void The_time_of_the_start_never_changes()
    {
        var run = Scenario.OfFlow($"a -*-> b\n{Shows("a", "system.workflow_start")}\n{Shows("b", "system.workflow_start")}");

        run.After(10).Succeed("a");

        Assert.Equal("\"2026-01-02T03:04:05.000Z\"", Seen.By(run, "a"));
        Assert.Equal(Seen.By(run, "a"), Seen.By(run, "b"));
    }

    private static string Shows(string task, string expression) => $"{task}: input: {{v: '{{{{ {expression} }}}}'}}";
}
