using Executor.Core.Tests.Workflows;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Language;

/// <summary>One workflow for each mistake that a check finds; each is told once, where it stands.</summary>
[Trait("lesson", "8.3")]
public sealed class MistakeTests
{
    private static readonly KnownActions Catalogue = new(
        [
            new ActionSpec("core.noop", new ParameterSchema([], Open: true)),
            new ActionSpec("shop.pay", new ParameterSchema([], Open: true)),
        ],
        areAll: true);

    [Theory]
    [InlineData("tasks:\n  - {name: a, action: core.noop, next: [{do: nope}]}", "task.unknown-target 2:46")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, next: [{do: 'noop, nope'}]}", "task.unknown-target 2:53")]
    [InlineData("tasks:\n  - {name: a, action: core.noop}\n  - {name: b, action: core.noop, next: [{when: failed(), do: b}]}", "task.unreachable 3:12")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, next: [{when: failed(), do: b}]}\n  - {name: b, action: core.noop, next: [{do: a}]}", "workflow.no-entry 2:12")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, next: [{do: b}]}\n  - {name: b, action: core.noop, join: 2}", "join.too-many 3:34")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, join: all}", "join.on-entry 2:34")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, next: [{do: j}]}\n  - {name: j, action: core.noop, join: all, next: [{do: b}]}\n  - {name: b, action: core.noop, next: [{when: failed(), do: j}]}", "join.on-own-path 3:34")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, concurrency: 2}", "items.missing 2:34")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, fail_fast: true}", "items.missing 2:34")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, batch_size: 2}", "items.missing 2:34")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, input: {x: '{{ nope }}'}}", "expr.unknown-name 2:49")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, input: {x: '{{ lenght([]) }}'}}", "expr.unknown-function 2:49")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, input: {x: '{{ length() }}'}}", "expr.arguments 2:49")]
    [InlineData("tasks:\n  - {name: a, action: core.noop}\n  - {name: a, action: core.noop}", "task.duplicate 3:12")]
    [InlineData("tasks:\n  - {name: item, action: core.noop}", "task.reserved 2:12")]
    [InlineData("tasks:\n  - {name: continue, action: core.noop}", "task.reserved 2:12")]
    [InlineData("tasks:\n  - {name: a, action: core.nope}", "action.unknown 2:23")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, input: {x: '{{ succeeded() }}'}}", "task.no-outcome 2:49")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, input: {x: '{{ result() }}'}}", "task.no-outcome 2:49")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, next: [{do: j}]}\n  - {name: j, action: core.noop, join: 1, input: {x: '{{ result() }}'}}", "task.no-outcome 3:58")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, input: {x: '{{ workflow.nope }}'}}", "expr.unknown-name 2:58")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, next: [{do: b}]}\n  - {name: b, action: core.noop, next: [{do: b}]}", "task.no-next-exit 3:12")]
    [InlineData("tasks:\n  - {name: '', action: core.noop}", "spec.value 2:12")]
    [InlineData("tasks: {'': {action: core.noop}}", "spec.value 1:9")]
    [InlineData("tasks:\n  - {name: größe, action: core.noop}", "spec.value 2:12")]
    [InlineData("tasks:\n  - {name: p, type: parallel}", "spec.missing 2:5")]
    [InlineData("tasks:\n  - {name: p, type: serial, tasks: [{name: a, action: core.noop}]}", "spec.value 2:21")]
    [InlineData("tasks:\n  - {name: p, action: core.noop, tasks: [{name: a, action: core.noop}]}", "spec.value 2:34")]
    [InlineData("tasks:\n  - {name: p, type: parallel, action: core.noop, tasks: [{name: a, action: core.noop}]}", "spec.value 2:31")]
    [InlineData("tasks:\n  - {name: p, type: parallel, retry: {count: 1}, tasks: [{name: a, action: core.noop}]}", "spec.value 2:31")]
    [InlineData("tasks:\n  - {name: p, type: parallel, tasks: []}", "spec.type 2:38")]
    [InlineData("tasks:\n  - {name: p, type: parallel, tasks: [{name: a, action: core.noop}, {name: a, action: core.noop}]}", "task.duplicate 2:76")]
    [InlineData("tasks:\n  - {name: p, type: parallel, tasks: [{name: a, action: core.noop, join: all}]}", "join.on-entry 2:68")]
    [InlineData("tasks:\n  - {name: p, type: parallel, tasks: [{name: a, action: core.noop, next: [{do: b}]}, {name: b, action: core.noop}]}", "task.across-parallel 2:80")]
    [InlineData("tasks:\n  - {name: p, type: parallel, tasks: [{name: a, action: core.noop, on_success: q}], next: [{do: q}]}\n  - {name: q, action: core.noop}", "task.across-parallel 2:80")]
    [InlineData("tasks:\n  - {name: q, action: core.noop, next: [{do: a}]}\n  - {name: p, type: parallel, tasks: [{name: a, action: core.noop}]}", "task.across-parallel 2:46")]
    [InlineData("tasks:\n  - {name: p, type: parallel, tasks: [{name: a, action: core.noop, input: {x: '{{ result() }}'}}]}", "task.no-outcome 2:83")]
    [InlineData("parameters: {p: {secret: true}}\ntasks:\n  - {name: a, action: core.noop}", "spec.unsupported 1:26")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, input: {x: '{{ config.x }}'}}", "spec.unsupported 2:56")]
    [InlineData("tasks:\n  - {name: a, action: core.noop, input: {x: '{{ keystore.x }}'}}", "spec.unsupported 2:58")]
    public void Each_mistake_is_one_problem_where_it_stands(string text, string problem) =>
        Assert.Equal([problem], Texts.Checked(text, Catalogue));

    [Theory]
    [InlineData("vars: {x: \"{{ 1 + }}\"}")]
    [InlineData("output_map: {x: \"{{ 1 + }}\"}")]
    [InlineData("tasks: [{name: b, action: \"x.{{ 1 + }}\"}]")]
    [InlineData("tasks: [{name: b, action: core.noop, input: {x: [{y: \"{{ 1 + }}\"}]}}]")]
    [InlineData("tasks: [{name: b, action: core.noop, input: \"{{ 1 + }}\"}]")]
    [InlineData("tasks: [{name: b, action: \"core.noop x={{ 1 + }}\"}]")]
    [InlineData("tasks: [{name: b, action: core.noop, when: \"1 +\"}]")]
    [InlineData("tasks: [{name: b, action: core.noop, with_items: \"{{ 1 + }}\"}]")]
    [InlineData("tasks: [{name: b, action: core.noop, with_items: [1, \"{{ 1 + }}\"]}]")]
    [InlineData("tasks: [{name: b, action: core.noop, with: \"x in 1 +\"}]")]
    [InlineData("tasks: [{name: b, action: core.noop, with_items: [], concurrency: \"{{ 1 + }}\"}]")]
    [InlineData("tasks: [{name: b, action: core.noop, delay: \"{{ 1 + }}\"}]")]
    [InlineData("tasks: [{name: b, action: core.noop, timeout: \"{{ 1 + }}\"}]")]
    [InlineData("tasks: [{name: b, action: core.noop, pool: \"{{ 1 + }}\"}]")]
    [InlineData("tasks: [{name: b, action: core.noop, retry: {count: 1, when: \"1 +\"}}]")]
    [InlineData("tasks: [{name: b, action: core.noop, next: [{when: \"1 +\"}]}]")]
    [InlineData("tasks: [{name: b, action: core.noop, next: [{publish: {x: \"{{ 1 + }}\"}}]}]")]
    public void The_syntax_of_every_expression_is_checked(string line)
    {
        var text = line.StartsWith("tasks", StringComparison.Ordinal) ? line : $"{line}\n{Texts.OneTask}";
        var column = line.IndexOf("1 +", StringComparison.Ordinal) + 4;

        var problem = Assert.Single(Texts.Checked(text)).Split(' ');

        Assert.Equal("expr.syntax", problem[0]);
        Assert.InRange(int.Parse(problem[1].Split(':')[1]), column, column + 1);
    }

    [Theory]
    [InlineData("done")]
    [InlineData("end")]
    [InlineData("_")]
    [InlineData("a-b")]
    [InlineData("not")]
    [InlineData("null")]
    [InlineData("Fail")]
    public void Any_other_word_may_be_the_name_of_a_task(string name) =>
        Assert.Empty(Texts.Checked(
            $"tasks: [{{name: '{name}', action: core.noop, next: [{{when: failed(), do: '{name}2'}}]}}, "
            + $"{{name: '{name}2', action: core.noop, input: {{x: \"{{{{ task['{name}'] }}}}\"}}}}]"));

    [Fact]
    public void The_name_of_a_task_may_be_long()
    {
        var name = new string('a', 255);

        Assert.Empty(Texts.Checked($"tasks: [{{name: {name}, action: core.noop, next: [{{when: failed(), do: b}}]}}, {{name: b, action: core.noop}}]"));
    }
}
