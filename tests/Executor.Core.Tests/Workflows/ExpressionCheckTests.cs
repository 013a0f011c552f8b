using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

public sealed class ExpressionCheckTests
{
    private const string Head =
        """
        parameters: {p: {type: string}}
        vars: {v: 1}
        tasks:

        """;

    [Theory]
    [InlineData("parameters.p")]
    [InlineData("workflow.v + vars.v + variables.v + v")]
    [InlineData("ctx('v')")]
    [InlineData("ctx()")]
    [InlineData("task.a")]
    [InlineData("tasks.a.anything")]
    [InlineData("published")]
    [InlineData("system.run_id ~ system.workflow ~ system.started_at ~ system.workflow_start ~ system.task ~ system.visit")]
    [InlineData("nope | default(1)")]
    [InlineData("default(parameters.q, 1)")]
    [InlineData("task.nope is defined")]
    [InlineData("parameters?.q")]
    [InlineData("[item, index, host]")]
    [InlineData("result().x if succeeded() else error()")]
    [InlineData("[failed(), timed_out(), skipped(), completed(), status(), item_states()]")]
    [InlineData("length(range(1, 3)) + max(1, 2)")]
    public void What_is_defined_may_be_named_in_the_input_of_a_task(string expression) =>
        Assert.Empty(Checked($"input: {{x: \"{{{{ {expression} }}}}\"}}"));

    [Theory]
    [InlineData("nope", "expr.unknown-name 8:20")]
    [InlineData("parameters.q", "expr.unknown-name 8:31")]
    [InlineData("task.nope", "expr.unknown-name 8:25")]
    [InlineData("system.nope", "expr.unknown-name 8:27")]
    [InlineData("TRUE", "expr.unknown-name 8:20")]
    [InlineData("vars.nope", "expr.unknown-name 8:25")]
    [InlineData("SUCCEEDED()", "expr.unknown-function 8:20")]
    [InlineData("lenght([1])", "expr.unknown-function 8:20")]
    [InlineData("length()", "expr.arguments 8:20")]
    [InlineData("min(1)", "expr.arguments 8:20")]
    [InlineData("config.x", "spec.unsupported 8:27")]
    [InlineData("keystore.x", "spec.unsupported 8:29")]
    public void What_nothing_defines_is_refused_where_it_stands(string expression, string problem) =>
        Assert.Equal([problem], Checked($"input: {{x: \"{{{{ {expression} }}}}\"}}"));

    [Fact]
    public void A_variable_of_the_workflow_that_nothing_defines_is_only_a_warning()
    {
        var reading = WorkflowCheck.Run(
            Texts.OneTask + "output: {x: \"{{ vars.nope }}\"}", "test");

        Assert.NotNull(reading.Spec);
        Assert.Equal("expr.unknown-name 2:22", Assert.Single(Texts.Lines(reading)));
    }

    [Theory]
    [InlineData("region", "regoin", "parameters.regoin", "parameters: {region: {}}\n")]
    [InlineData("total", "totla", "totla", "vars: {total: 1}\n")]
    [InlineData("fetch", "fecth", "task.fecth", "")]
    [InlineData("upper", "uper", "uper('x')", "")]
    public void The_nearest_name_is_suggested(string meant, string written, string expression, string head)
    {
        var text = $"{head}tasks: {{fetch: {{action: x.y}}}}\noutput: {{x: \"{{{{ {expression} }}}}\"}}";

        var problem = Assert.Single(WorkflowCheck.Run(text, "test").Problems);

        Assert.Contains($"'{written}'", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith($"Did you mean '{meant}'?", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delay: '{{ item }}'")]
    [InlineData("timeout: '{{ index }}'")]
    [InlineData("pool: '{{ host }}'")]
    [InlineData("concurrency: '{{ item }}'")]
    [InlineData("when: item")]
    [InlineData("retry: {count: 1, when: item}")]
    [InlineData("next: [{when: index, do: noop}]")]
    [InlineData("next: [{publish: {x: '{{ item }}'}}]")]
    public void An_item_exists_only_in_the_input(string keys) =>
        Assert.Equal("expr.unknown-name", Assert.Single(Checked(keys)).Split(' ')[0]);

    [Fact]
    public void Without_items_there_is_no_item_in_the_input() =>
        Assert.Equal(["expr.unknown-name 1:41"], Texts.Checked("tasks: {a: {action: x.y, input: {x: '{{ item }}'}}}"));

    [Theory]
    [InlineData("input: {x: '{{ result() }}'}")]
    [InlineData("when: succeeded()")]
    [InlineData("with_items: '{{ result() }}'")]
    [InlineData("delay: '{{ 1 if failed() else 2 }}'")]
    [InlineData("action: 'x.{{ status() }}'")]
    public void In_an_entry_task_and_in_a_join_no_visit_has_ended_of_which_to_speak(string key)
    {
        var entry = $"tasks:\n  a:\n    action: x.y\n    {key}\n    next: [{{do: j}}]\n  j: {{action: x.y}}\n";
        var join = $"tasks:\n  a: {{action: x.y, next: [{{do: j}}]}}\n  j:\n    join: all\n    action: x.y\n    {key}\n";
        var between = join.Replace("join: all", "pool: x", StringComparison.Ordinal);
        Assert.Equal("task.no-outcome", Code(entry));
        Assert.Equal("task.no-outcome", Code(join));
        Assert.Equal("", Code(between));

        string Code(string text) => string.Join(' ', Texts.Checked(key.StartsWith("action", StringComparison.Ordinal)
            ? text.Replace("    action: x.y\n", "", StringComparison.Ordinal)
            : text).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void Transitions_and_retries_of_entry_tasks_and_joins_see_their_own_end() =>
        Assert.Empty(Texts.Checked(
            """
            tasks:
              a:
                action: x.y
                retry: {count: 1, when: result().again}
                next: [{when: failed(), publish: {x: "{{ error() }}"}, do: j}]
              j: {action: x.y, join: all, next: [{when: result().ok, do: noop}]}
            """));

    [Theory]
    [InlineData("vars: {a: '{{ b }}', b: 1}", "expr.unknown-name 2:15")]
    [InlineData("vars: {a: '{{ b }}', b: '{{ a }}'}", "expr.unknown-name 2:15")]
    [InlineData("vars: {a: '{{ vars.b }}', b: 1}", "expr.unknown-name 2:20")]
    [InlineData("vars: {a: '{{ a }}'}", "expr.unknown-name 2:15")]
    [InlineData("vars: {a: '{{ task.a }}'}", "expr.unknown-name 2:20")]
    [InlineData("vars: {a: '{{ result() }}'}", "task.no-outcome 2:15")]
    [InlineData("vars: {a: '{{ system.visit }}'}", "expr.unknown-name 2:22")]
    [InlineData("output: {a: '{{ result() }}'}", "task.no-outcome 2:17")]
    [InlineData("output: {a: '{{ item }}'}", "expr.unknown-name 2:17")]
    public void Variables_see_parameters_and_earlier_variables_and_the_output_no_single_visit(
        string line, string problem) =>
        Assert.Equal([problem], Texts.Checked(Texts.OneTask + line));

    [Theory]
    [InlineData("vars: {task: 1}", "vars.reserved 2:8")]
    [InlineData("vars: [item: 1]", "vars.reserved 2:8")]
    [InlineData("tasks: {system: {action: x.y}}", "task.reserved 1:9")]
    [InlineData("tasks: {noop: {action: x.y}}", "task.reserved 1:9")]
    [InlineData("tasks: {vars: {action: x.y}}", "task.reserved 1:9")]
    [InlineData("tasks: {a: {action: x.y, next: [{publish: {index: 1}}]}}", "vars.reserved 1:44")]
    [InlineData("tasks: [{name: a, action: x.y}, {name: a, action: x.y}]", "task.duplicate 1:40")]
    public void Names_that_are_taken_are_refused(string line, string problem) =>
        Assert.Equal(
            [problem], Texts.Checked(line.StartsWith("tasks", StringComparison.Ordinal) ? line : Texts.OneTask + line));

    [Theory]
    [InlineData("core.ehco", null, "action.unknown 1:22")]
    [InlineData("echo", null, "action.unknown 1:22")]
    [InlineData("core.echo", null, null)]
    [InlineData("any.thing", null, null)]
    [InlineData("my.action", "my.action", null)]
    [InlineData("my.acton", "my.action", "action.unknown 1:22")]
    [InlineData("{{ parameters.x }}", "my.action", null)]
    public void An_unknown_action_is_refused_where_the_catalogue_is_known(string action, string? known, string? problem)
    {
        var catalogue = known is null
            ? null
            : new KnownActions([new ActionSpec(known, new ParameterSchema([], Open: true))], areAll: true);

        var reading = WorkflowCheck.Run($"tasks: {{a: {{action: '{action}'}}}}", "test", catalogue);

        Assert.Equal(problem, Texts.Lines(reading).SingleOrDefault());
        Assert.Equal(problem is null || known is null, reading.Spec is not null);
    }

    [Fact]
    public void Items_that_are_no_list_as_written_are_a_warning() =>
        Assert.Equal(["items.not-a-list 1:26"], Texts.Checked("tasks: {a: {action: x.y, with_items: 5}}"));

    private static string[] Checked(string keys)
    {
        var indented = string.Concat(keys.Split('\n').Select(key => $"    {key}\n"));
        return Texts.Checked(
            Head + "  a: {action: x.y, next: [{publish: {published: 1}, do: t}]}\n  t:\n    action: x.y\n"
            + "    with: host in [1]\n" + indented);
    }
}
