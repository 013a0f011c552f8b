using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

/// <summary>What is written and would change nothing is told where it stands, and refuses nothing.</summary>
public sealed class EffectCheckTests
{
    [Theory]
    [InlineData("{type: integer, minLength: 1}", "3:22")]
    [InlineData("{type: integer, min_length: 1}", "3:22")]
    [InlineData("{type: number, max_length: 1}", "3:21")]
    [InlineData("{type: boolean, maxLength: 1}", "3:22")]
    [InlineData("{type: number, pattern: x}", "3:21")]
    [InlineData("{type: array, pattern: x}", "3:20")]
    [InlineData("{type: string, minimum: 1}", "3:21")]
    [InlineData("{type: [string, 'null'], maximum: 1}", "3:31")]
    [InlineData("{type: object, items: {}}", "3:21")]
    [InlineData("{type: array, properties: {}}", "3:20")]
    [InlineData("{type: array, items: {type: string, minimum: 1}}", "3:42")]
    [InlineData("{type: object, properties: {q: {type: boolean, pattern: x}}}", "3:53")]
    [InlineData("{type: array, items: {default: 5}}", "3:28")]
    [InlineData("{type: array, items: {required: true}}", "3:28")]
    [InlineData("{type: object, required: [{a: 1}], properties: {}}", "3:32")]
    [InlineData("{type: string, enum: [a, 1]}", "3:31")]
    [InlineData("{type: integer, minimum: 5, enum: [4, 5]}", "3:41")]
    public void A_constraint_that_no_value_of_the_type_meets(string schema, string at) =>
        Warned($"{Texts.OneTask}parameters:\n  p: {schema}", $"spec.no-effect {at}");

    [Theory]
    [InlineData("{minimum: 1, min_length: 1, pattern: x, items: {}, properties: {}}")]
    [InlineData("{type: [string, integer], minimum: 1, pattern: x}")]
    [InlineData("{type: string, enum: [a, null], minLength: 1}")]
    [InlineData("{type: array, min_length: 1, items: {type: object, required: [a], properties: {a: {default: 1}}}}")]
    [InlineData("{type: number, enum: [1, 1.5]}")]
    [InlineData("{type: object, required: [''], properties: {'': {type: string}}}")]
    [InlineData("{type: object, properties: {'': {required: true}}}")]
    public void A_constraint_that_some_value_meets_is_right(string schema) =>
        Assert.Empty(Texts.Checked($"{Texts.OneTask}parameters:\n  p: {schema}"));

    [Theory]
    [InlineData("{count: 1, backoff: exponential}", "4:23")]
    [InlineData("{count: 1, backoff: constant}", "4:23")]
    [InlineData("{count: 1, max_delay: 60}", "4:23")]
    [InlineData("{count: 1, jitter: 0.2}", "4:23")]
    [InlineData("{count: 1, delay: 0, jitter: 0.2}", "4:33")]
    [InlineData("{count: 1, delay: 0s, max_delay: 0}", "4:34")]
    [InlineData("{count: 1, delay: , max_delay: 60}", "4:32")]
    [InlineData("{count: 1, delay: 1, max_delay: 0}", "4:23")]
    [InlineData("{count: 1, max_delay: 0ms, delay: 1m}", "4:39")]
    public void A_wait_between_attempts_that_follow_at_once(string retry, string at) =>
        Warned($"tasks:\n  - name: a\n    action: '{{{{ \"x.y\" }}}}'\n    retry: {retry}", $"spec.no-effect {at}");

    [Fact]
    public void Each_key_of_a_wait_that_is_none_is_told()
    {
        Assert.Equal(
            ["spec.no-effect 1:50", "spec.no-effect 1:67", "spec.no-effect 1:82"],
            Texts.Checked("tasks: [{name: a, action: x.y, retry: {count: 1, backoff: linear, max_delay: 60, jitter: 0.5}}]"));
        Assert.Equal(3, Texts.Checked("tasks: [{name: a, action: x.y, retry: {count: 1, delay: 2, backoff: linear, max_delay: 0, jitter: 0.5}}]").Length);
    }

    [Theory]
    [InlineData("{count: 1}")]
    [InlineData("{count: 1, delay: 0}")]
    [InlineData("{count: 1, backoff: , max_delay: , jitter: }")]
    [InlineData("{count: 3, delay: 0.1, backoff: exponential, max_delay: 1ms, jitter: 0.2}")]
    public void A_wait_that_is_waited_is_right(string retry) =>
        Assert.Empty(Texts.Checked($"tasks: [{{name: a, action: x.y, retry: {retry}}}]"));

    [Theory]
    [InlineData("{p: {required: true, default: 3}}", "2:18")]
    [InlineData("{p: {default: 3, required: true}}", "2:30")]
    [InlineData("{p: {type: [integer, 'null'], default: 3, required: true}}", "2:55")]
    [InlineData("{type: object, properties: {p: {default: 3, required: true}}}", "2:57")]
    [InlineData("{p: {properties: {q: {required: true, default: 3}}}}", "2:35")]
    public void A_parameter_with_a_default_is_never_missing(string schema, string at) =>
        Warned($"{Texts.OneTask}parameters: {schema}", $"spec.no-effect {at}");

    [Theory]
    [InlineData("{p: {required: true}, q: {default: 3}}")]
    [InlineData("{p: {required: false, default: 3}}")]
    [InlineData("{p: {required: true, default: null}}")]
    [InlineData("{p: {default: {q: 1}, required: [q], properties: {q: {}}}}")]
    [InlineData("{type: object, required: [p], properties: {p: {default: 3}}}")]
    public void A_parameter_that_may_be_missing_is_right(string schema) =>
        Assert.Empty(Texts.Checked($"{Texts.OneTask}parameters: {schema}"));

    [Theory]
    [InlineData("pool: gpu", "4:5")]
    [InlineData("idempotent: false", "4:5")]
    [InlineData("retry: {count: 2}", "4:5")]
    [InlineData("timeout: 5\n    retry: {count: 2}\n    input: {prompt: x, default_response: 1}", "5:5")]
    [InlineData("input: {prompt: x, default_response: 1}", "4:24")]
    [InlineData("input: {prompt: x, default_response: '{{ 1 }}'}", "4:24")]
    public void A_question_is_no_work(string keys, string at)
    {
        var input = keys.Contains("input:", StringComparison.Ordinal) ? "" : "    input: {prompt: x}\n";
        Warned($"tasks:\n  - name: a\n    action: core.ask\n    {keys}\n{input}", $"spec.no-effect {at}");
    }

    [Theory]
    [InlineData("with:", "4:5")]
    [InlineData("with: null", "4:5")]
    [InlineData("decision: []", "4:5")]
    [InlineData("decision: [{next: b}, {when: succeeded(), next: b}]", "4:27")]
    [InlineData("decision: [{next: b}, {next: b, default: true}]", "4:27")]
    [InlineData("decision: [{next: b, default: true}, {next: b}]", "4:16")]
    public void Of_an_empty_key_and_of_what_comes_behind_a_decision_that_is_made_nothing_comes(string keys, string at) =>
        Warned(Texts.TaskText(keys), $"spec.no-effect {at}");

    [Theory]
    [InlineData("decision: [{when: succeeded(), next: b}, {next: b}]")]
    [InlineData("decision: [{when: succeeded(), next: b}, {next: b, default: true}]")]
    public void A_decision_that_can_come_to_each_of_its_entries_is_right(string keys) =>
        Assert.Empty(Texts.Checked(Texts.TaskText(keys)));

    [Fact]
    public void An_input_behind_the_action_has_its_own_place() =>
        Warned("tasks:\n  - {name: a, action: core.ask prompt=x default_response=5}", "spec.no-effect 2:41");

    [Theory]
    [InlineData("timeout: 5\n    retry: {count: 2}\n    input: {prompt: x}")]
    [InlineData("timeout: 5\n    input: {prompt: x, default_response: 1}")]
    [InlineData("input: {prompt: x, default_response: null}")]
    [InlineData("retry: {count: 2}\n    input: {prompt: x}\n    next: [{when: 'not result().response', do: retry}]")]
    [InlineData("timeout: 5\n    retry: {count: 2}\n    input: {prompt: x, default_response: '{{ null }}'}")]
    public void What_a_question_obeys_is_right(string keys) =>
        Assert.Empty(Texts.Checked($"tasks:\n  - name: a\n    action: core.ask\n    {keys}\n"));

    [Fact]
    public void A_called_workflow_has_its_own_pools()
    {
        var child = Texts.Spec("ref: x.child\n" + Texts.OneTask);
        var known = new KnownActions([ActionSpec.Of("x.child", child)], areAll: false);

        Assert.Equal(
            ["spec.no-effect 1:55", "spec.no-effect 1:66"],
            Texts.Checked("tasks: [{name: a, action: x.child, retry: {count: 1}, pool: gpu, idempotent: true}]", known));
        Warned("tasks: [{name: a, action: child.yaml, pool: gpu}]", "spec.no-effect 1:39");
    }

    [Theory]
    [InlineData("next: [{when: failed()}]", "4:12")]
    [InlineData("next: [{}]", "4:12")]
    [InlineData("next: [{do: []}]", "4:12")]
    [InlineData("next: [{do: noop}, {when: failed(), publish: {}}]", "4:24")]
    [InlineData("on_failure: []", "4:5")]
    [InlineData("publish: {}", "4:5")]
    public void A_transition_that_does_nothing(string keys, string at) =>
        Warned($"tasks:\n  - name: a\n    action: core.noop\n    {keys}", $"spec.no-effect {at}");

    [Theory]
    [InlineData("next: [{when: failed(), do: noop}]")]
    [InlineData("next: [{publish: x}]")]
    [InlineData("next: []")]
    [InlineData("decision: [{when: failed(), next: []}, {default: true, next: noop}]")]
    public void A_transition_that_does_something_is_right(string keys) =>
        Assert.Empty(Texts.Checked($"tasks:\n  - name: a\n    action: core.noop\n    {keys}"));

    [Theory]
    [InlineData("vars: {a-b: 1}", "vars.unreadable 1:8")]
    [InlineData("vars: {a b: 1}", "vars.unreadable 1:8")]
    [InlineData("vars: {1a: 1}", "vars.unreadable 1:8")]
    [InlineData("vars: {'': 1}", "vars.unreadable 1:8")]
    [InlineData("vars: {'true': 1}", "vars.hidden 1:8")]
    [InlineData("vars: {in: 1}", "vars.hidden 1:8")]
    public void A_variable_that_no_expression_can_read(string vars, string problem) =>
        Warned($"{vars}\n{Texts.OneTask}", problem);

    [Fact]
    public void A_published_name_that_no_expression_can_read() =>
        Warned("tasks: [{name: a, action: core.noop, next: [{publish: {a-b: 1}}]}]", "vars.unreadable 1:56");

    [Theory]
    [InlineData("größe", "größe")]
    [InlineData("_1", "_1")]
    [InlineData("a-b", "workflow['a-b']")]
    [InlineData("a-b", "ctx('a-b')")]
    [InlineData("a-b", "vars")]
    [InlineData("a-b", "keys(ctx())")]
    [InlineData("true", "vars.true")]
    public void A_variable_that_is_read_is_right(string name, string expression) =>
        Assert.Empty(Texts.Checked($"vars: {{{name}: 1}}\n{Texts.OneTask}output: {{x: \"{{{{ {expression} }}}}\"}}"));

    [Fact]
    public void The_name_of_an_item_that_hides_a_variable()
    {
        const string Text = "vars: {host: 1}\ntasks: [{name: a, action: core.noop, with: 'host in [1]', input: {x: '{{ host }}'}}]";

        Warned(Text, "vars.hidden 2:38");
        Assert.Empty(Texts.Checked(Text.Replace("{{ host", "{{ item", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("match('(', 'x')", "'('")]
    [InlineData("'x' | match('(')", "'('")]
    [InlineData("matches('x', '[')", "'['")]
    [InlineData("regex_replace('x', '(?=y)', 'z')", "'(?=y)'")]
    public void A_pattern_that_is_written_out_must_be_one(string expression, string pattern)
    {
        var line = $"output: {{x: \"{{{{ {expression} }}}}\"}}";
        var column = line.IndexOf(pattern, StringComparison.Ordinal) + 1;

        Assert.Equal([$"expr.regex 2:{column}"], Texts.Checked(Texts.OneTask + line));
    }

    [Theory]
    [InlineData("match('[a-z]+', 'x')")]
    [InlineData("match(parameters.p, '(')")]
    [InlineData("matches('(', '[(]')")]
    [InlineData("regex_replace('(', 'a', '(')")]
    public void Other_texts_are_no_patterns(string expression) =>
        Assert.Empty(Texts.Checked($"{Texts.OneTask}output: {{x: \"{{{{ {expression} }}}}\"}}"));

    [Theory]
    [InlineData("with_items: 'x{{ [1] }}'", "items.not-a-list 4:5")]
    [InlineData("with_items: '{{ [1] }}{{ [2] }}'", "items.not-a-list 4:5")]
    [InlineData("with: 'x in y{{ [1] }}'", "items.not-a-list 4:5")]
    [InlineData("with_items: [1]\n    concurrency: 'x{{ 1 }}'", "items.concurrency 5:5")]
    [InlineData("input: 'x{{ {} }}'", "input.shape 4:5")]
    public void Text_around_an_expression_leaves_only_a_text(string keys, string problem)
    {
        var text = $"tasks:\n  - name: a\n    action: core.noop\n    {keys}";
        var reading = WorkflowCheck.Run(text, "test");

        Assert.Equal([problem], Texts.Lines(reading));
        Assert.Null(reading.Spec);
        Assert.Empty(Texts.Problems(text));
    }

    [Fact]
    public void A_question_whose_schema_says_too_much_is_told_of_and_asked()
    {
        Warned(
            "tasks:\n  - {name: a, action: core.ask, input: {prompt: x, response_schema: {n: {type: integer, minLength: 1}}}}",
            "spec.no-effect 2:89");
        var schema = Texts.Yaml("{prompt: x, response_schema: {n: {type: integer, minLength: 1}}}").ToValue();
        Assert.Empty(Question.Check((Value.Map)schema));
    }

    private static void Warned(string text, string problem)
    {
        var reading = WorkflowCheck.Run(text, "test");

        Assert.Equal([problem], Texts.Lines(reading));
        Assert.NotNull(reading.Spec);
        Assert.NotEmpty(reading.Problems[0].Advice!);
    }
}
