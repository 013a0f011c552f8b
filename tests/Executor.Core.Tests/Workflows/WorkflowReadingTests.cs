using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

public sealed class WorkflowReadingTests
{
    [Fact]
    public void Every_key_of_a_workflow_is_read()
    {
        var spec = Texts.Spec(
            """
            ref: shop.deploy
            label: Deploy
            description: Brings it out
            tags: [a, b]
            version: 1.10
            parameters:
              region: {type: string, required: true}
            vars:
              - first: "{{ parameters.region }}"
              - second: [1, "{{ first }}"]
            tasks:
              - name: a
                action: core.noop
            output_map:
              region: "{{ vars.first }}"
            cancellation_policy: cancel_running
            timeout: 1h30m
            max_parallel: 7
            """);

        Assert.Equal("shop.deploy", spec.Ref);
        Assert.Equal(("Deploy", "Brings it out", "1.10"), (spec.Label, spec.Description, spec.Version));
        Assert.Equal(["a", "b"], spec.Tags.AsEnumerable());
        Assert.Equal("region", Assert.Single(spec.Parameters!.Parameters).Name);
        Assert.Equal(["first", "second"], spec.Vars.Select(variable => variable.Name));
        Assert.Equal(new Position(9, 5), spec.Vars[0].At);
        Assert.Equal("region", Assert.Single(spec.Output!.Value).Name);
        Assert.Equal(CancellationPolicy.CancelRunning, spec.CancellationPolicy);
        Assert.Equal(TimeSpan.FromMinutes(90), spec.Timeout);
        Assert.Equal(7, spec.MaxParallel);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var spec = Texts.Spec(Texts.OneTask);

        Assert.Equal("test", spec.Ref);
        Assert.Null(spec.Parameters);
        Assert.Null(spec.Output);
        Assert.Empty(spec.Vars);
        Assert.Equal(CancellationPolicy.AllowFinish, spec.CancellationPolicy);
        Assert.Null(spec.Timeout);
        Assert.Null(spec.MaxParallel);
        var task = spec.Tasks[0];
        Assert.Equal("{}", task.Input.Literal!.ToString());
        Assert.Null(task.When ?? (object?)task.WithItems ?? task.Join ?? (object?)task.Delay ?? task.Timeout);
        Assert.Null(task.Retry ?? (object?)task.Pool ?? task.Idempotent);
        Assert.Empty(task.Next);
    }

    [Fact]
    public void A_key_without_a_value_counts_as_absent()
    {
        var spec = Texts.Spec("label:\nvars:\ntimeout:\noutput:\ntasks:\n  a: {action: core.noop, input: , next: , retry: }");

        Assert.Null(spec.Label);
        Assert.Null(spec.Output);
        Assert.Null(spec.Tasks[0].Retry);
    }

    [Fact]
    public void Tasks_may_be_a_list_with_names_or_a_map()
    {
        var list = Texts.Spec("tasks:\n  - {name: b, action: x.y}\n  - {name: a, action: x.y}");
        var map = Texts.Spec("tasks:\n  b: {action: x.y}\n  a: {action: x.y}");

        Assert.Equal([("b", 0), ("a", 1)], list.Tasks.Select(task => (task.Name, task.Order)));
        Assert.Equal([("b", 0), ("a", 1)], map.Tasks.Select(task => (task.Name, task.Order)));
        Assert.Equal(new Position(2, 12), list.Tasks[0].At);
        Assert.Equal(new Position(2, 3), map.Tasks[0].At);
    }

    [Fact]
    public void The_output_may_be_called_output_and_be_a_list()
    {
        var spec = Texts.Spec("output: [x: 1, y: null]\n" + Texts.OneTask);

        Assert.Equal(["x", "y"], spec.Output!.Value.Select(entry => entry.Name));
        Assert.Equal(Value.Null, spec.Output.Value[1].Template.Literal);
    }

    [Fact]
    public void A_text_that_was_taken_before_is_read_as_it_was_then()
    {
        const string Text = "vars: {n: 1} # nothing\u2028output: {x: 1}\n" + Texts.OneTask;

        var kept = WorkflowYaml.ReadKept(Text, "test");

        Assert.Empty(kept.Problems);
        Assert.Equal(["x"], kept.Spec!.Output!.Value.Select(entry => entry.Name));
        Assert.Equal(["yaml.syntax 1:23"], Texts.Problems(Text));
        Assert.Equal(["yaml.syntax 1:23"], Texts.Checked(Text));
    }

    [Fact]
    public void Two_readings_of_one_text_are_equal_and_comparing_them_looks_at_the_hash_alone()
    {
        var spec = Texts.Spec(Texts.OneTask);

        Assert.Equal(Texts.Spec(Texts.OneTask), spec);
        Assert.Equal(spec, spec with { Tasks = [] });
        Assert.NotEqual(spec, Texts.Spec(Texts.OneTask + "\n"));
        Assert.NotEqual(spec, WorkflowYaml.Read(Texts.OneTask, "other").Spec);
        Assert.Equal(64, spec.Hash.Length);
    }

    [Fact]
    public void The_graph_belongs_to_the_tasks_of_its_own_copy()
    {
        var spec = Texts.Spec(Texts.OneTask);

        Assert.Same(spec.Graph, spec.Graph);
        Assert.Empty((spec with { Tasks = [] }).Graph.Tasks);
    }

    [Theory]
    [InlineData("[]", "spec.type 1:1")]
    [InlineData("", "spec.type 1:1")]
    [InlineData("label: x", "spec.missing 1:1")]
    [InlineData("tasks: []", "spec.type 1:8")]
    [InlineData("tasks: {}", "spec.type 1:8")]
    [InlineData("tasks: x", "spec.type 1:8")]
    [InlineData("tasks: [x]", "spec.type 1:9")]
    [InlineData("tasks: [{action: a.b}]", "spec.missing 1:9")]
    [InlineData("tasks: [{name: a}]", "spec.missing 1:9")]
    [InlineData("tasks: {a: {action: a.b, name: b}}", "spec.value 1:32")]
    [InlineData("tasks: {1a: {action: a.b}}", "spec.value 1:9")]
    [InlineData("tasks: {\"a b\": {action: a.b}}", "spec.value 1:9")]
    [InlineData("tasks: [{name: [a], action: a.b}]", "spec.type 1:16")]
    public void A_text_without_proper_tasks_is_refused(string source, string problem) =>
        Assert.Equal([problem], Texts.Problems(source));

    [Theory]
    [InlineData("ref: Shop.x", "spec.value 2:6")]
    [InlineData("ref: a..b", "spec.value 2:6")]
    [InlineData("ref: ../../etc/passwd", "spec.value 2:6")]
    [InlineData("label: [x]", "spec.type 2:8")]
    [InlineData("tags: x", "spec.type 2:7")]
    [InlineData("tags: [{x: 1}]", "spec.type 2:7")]
    [InlineData("vars: x", "spec.type 2:7")]
    [InlineData("vars: [x]", "spec.type 2:8")]
    [InlineData("vars: [{x: 1, y: 2}]", "spec.type 2:8")]
    [InlineData("vars: [x: 1, x: 2]", "vars.duplicate 2:14")]
    [InlineData("timeout: 0", "spec.value 2:10")]
    [InlineData("timeout: -5", "spec.value 2:10")]
    [InlineData("timeout: soon", "spec.value 2:10")]
    [InlineData("timeout: [5]", "spec.type 2:10")]
    [InlineData("max_parallel: 0", "spec.value 2:15")]
    [InlineData("max_parallel: many", "spec.type 2:15")]
    [InlineData("max_parallel: 1.5", "spec.type 2:15")]
    [InlineData("cancellation_policy: later", "spec.value 2:22")]
    [InlineData("output: {}\noutput_map: {}", "spec.value 3:1")]
    [InlineData("output: {x: \"{{ 1 + }}\"}", "expr.syntax 2:20")]
    [InlineData("vars: {x: \"{{ open\"}", "template.unclosed 2:12")]
    public void A_wrong_value_is_refused_where_it_stands(string line, string problem) =>
        Assert.Equal([problem], Texts.Problems(Texts.OneTask + line));

    [Fact]
    public void All_problems_of_a_file_come_at_once_in_its_order()
    {
        var problems = Texts.Checked(
            """
            lable: x
            timeout: never
            parameters:
              n: {type: integr, default: x}
            vars: {item: 1}
            tasks:
              - name: a
                action: core.noop
                concurrency: 3
                input: {x: "{{ lenght([1]) + y }}", z: "{{ 1 + }}"}
                next:
                  - wehn: "{{ succeeded() }}"
                    do: missing
              - name: a
                action: core.noop
                join: 5
                on_success: nobody
            """);

        Assert.Equal(
            [
                "spec.unknown-key 1:1", "spec.value 2:10", "schema.invalid 4:13", "vars.reserved 5:8",
                "items.missing 9:5", "expr.unknown-function 10:20", "expr.unknown-name 10:34", "expr.syntax 10:51",
                "spec.unknown-key 12:9", "task.unknown-target 13:13", "task.duplicate 14:11", "join.on-entry 16:5",
                "task.unknown-target 17:17",
            ],
            problems);
    }

    [Fact]
    [Trait("lesson", "8.1")]
    public void An_unknown_key_is_refused_with_the_nearest_known_one()
    {
        var reading = WorkflowYaml.Read(Texts.TaskText("concurency: 3"), "test");

        var problem = Assert.Single(reading.Problems);
        Assert.Null(reading.Spec);
        Assert.Equal(("spec.unknown-key", new Position(4, 5)), (problem.Code, problem.At));
        Assert.EndsWith("Did you mean 'concurrency'?", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nxet: []", "next")]
    [InlineData("retries: {count: 1}", null)]
    [InlineData("WHEN: x", "when")]
    [InlineData("depends_on: b", null)]
    public void Only_a_near_key_is_suggested(string line, string? suggestion)
    {
        var problem = Assert.Single(WorkflowYaml.Read(Texts.TaskText(line), "test").Problems);

        Assert.Equal(suggestion is not null, problem.Message.Contains($"'{suggestion}'?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{prompt: x, options: [a], response_schema: {b: {}}}", "spec.value 1:50")]
    [InlineData("{prompt: x, response_schema: {b: {type: sting}}}", "schema.invalid 1:78")]
    [InlineData("{prompt: x, default_response: c, options: [a, b]}", "input.enum 1:68")]
    [InlineData("{prompt: x, default_response: {b: c}, response_schema: {b: {type: integer}}}", "input.type 1:68")]
    public void What_is_certainly_wrong_with_a_question_is_told_where_it_stands(string input, string problem) =>
        Assert.Equal([problem], Texts.Problems($"tasks: {{a: {{action: core.ask, input: {input}}}}}"));

    [Fact]
    public void Every_question_of_a_file_is_looked_at_whatever_else_is_wrong_in_it() => Assert.Equal(
        ["spec.value 2:31", "input.enum 4:70", "input.type 5:70"],
        Texts.Problems("""
            tasks:
              - {action: core.noop, name: 5x}
              - {name: b, action: core.ask, input: {prompt: x, options: [a, b]}}
              - {name: c, action: core.ask, input: {prompt: x, default_response: d, options: [a, b]}}
              - {name: d, action: core.ask, input: {prompt: x, default_response: {v: x}, response_schema: {v: {type: integer}}}}
            """));

    [Theory]
    [InlineData("core.ask prompt=x default_response=c", "{options: [a, b]}", "input.enum 1:40")]
    [InlineData("core.ask prompt=x options=[1]", "{response_schema: {b: {}}}", "spec.value 1:40")]
    [InlineData("core.ask prompt=x response_schema={\"b\":{\"type\":\"sting\"}}", "{}", "schema.invalid 1:40")]
    [InlineData("core.ask prompt=x options=[1,2] default_response=3", "{}", "input.enum 1:54")]
    [InlineData("core.ask prompt=x options={{ [1] }} default_response=3", "{}", null)]
    public void Inputs_of_a_question_behind_the_action_are_looked_at_like_those_below(
        string action, string input, string? problem)
    {
        var text = $"tasks: {{a: {{action: '{action}', timeout: 5, input: {input}}}}}";

        Assert.Equal(problem is null ? [] : [problem], Texts.Checked(text));
        Assert.NotNull(Texts.Spec(text));
    }

    [Theory]
    [InlineData("core.sleep", "spec.no-effect 1:6")]
    [InlineData("core.ask", "spec.no-effect 1:6")]
    [InlineData("core.slept", null)]
    public void A_workflow_with_the_name_of_a_core_action_is_never_called_by_it(string name, string? problem) =>
        Assert.Equal(problem is null ? [] : [problem], Texts.Checked($"ref: {name}\n{Texts.OneTask}"));

    [Theory]
    [InlineData("concurrency: 1000000000000", "an integer of 1 to 2147483647")]
    [InlineData("concurrency: 0", "an integer of at least 1")]
    public void A_number_out_of_range_is_told_with_the_bound_that_it_breaks(string key, string expected) =>
        Assert.Contains(
            expected,
            Assert.Single(WorkflowYaml.Read(Texts.TaskText($"with_items: [1]\n{key}"), "test").Problems).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_template_for_all_inputs_cannot_stand_beside_some()
    {
        var reading = WorkflowYaml.Read("tasks: {a: {action: x.y n=1, input: '{{ parameters.all }}'}}", "test");

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(
            ("spec.type", "'input' of task 'a' comes from one template, so nothing can stand beside it behind the action."),
            (problem.Code, problem.Message));
    }

    [Fact]
    public void A_file_of_ten_thousand_mistakes_is_refused_quickly()
    {
        var keys = string.Concat(Enumerable.Range(0, 4_900).Select(key => $"labl{key}: 1\n"));

        Assert.Equal(4_900, Texts.Problems(Texts.OneTask + keys).Length);
    }
}
