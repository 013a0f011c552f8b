using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

/// <summary>What a problem advises is what would be right.</summary>
public sealed class HintTests
{
    [Theory]
    [InlineData("timeout: 1d", "Write 24h. The units are h, m, s and ms, as in 1h30m")]
    [InlineData("delay: 5 minutes", "Write 5m. The units are h, m, s and ms")]
    [InlineData("retry: {count: 1, delay: 2w}", "Write 336h. ")]
    [InlineData("timeout: soon", "The units are h, m, s and ms, as in 1h30m; a number alone is seconds")]
    [InlineData("timeout: 1000000h", "36500 days are the most")]
    [InlineData("retry: {attempts: 3, count: 1}", "Write 'count', the number of attempts after the first.")]
    [InlineData("with: {items: [1], as: x}", "Write items: 'name in list'.")]
    [InlineData("next: [{goto: b}]", "Write 'do'.")]
    [InlineData("decision: [{do: b, next: noop}]", "Write 'next';")]
    [InlineData("if: true", "Write 'when'.")]
    [InlineData("depends_on: b", "'join: all'")]
    [InlineData("foreach: [1]", "Write 'with_items'")]
    public void A_key_or_value_of_elsewhere_is_told_as_it_is_written_here(string keys, string advice) =>
        Assert.Contains(advice, Only($"tasks:\n  - name: a\n    action: core.noop\n    {keys}\n").Advice, StringComparison.Ordinal);

    [Theory]
    [InlineData("minItems: 1", "Write 'min_length'; it counts the elements of a list as well.")]
    [InlineData("exclusiveMaximum: 5", "Write 'maximum'; the bound itself is allowed.")]
    [InlineData("format: email", "Write a 'pattern'; formats are not checked.")]
    [InlineData("const: 5", "Write 'enum' with one value.")]
    [InlineData("oneOf: []", "Write one schema; 'type' may be a list of types.")]
    [InlineData("$ref: '#/x'", "Write the schema out where it is used; references are not followed.")]
    [InlineData("title: Port", "Write it into 'description'.")]
    public void A_key_of_JSON_Schema_that_is_not_read_is_told_with_what_is(string key, string advice)
    {
        Assert.Equal(advice, Only($"{Texts.OneTask}parameters: {{p: {{{key}}}}}").Advice);
        Assert.Equal(advice, Only($"{Texts.OneTask}parameters: {{p: {{items: {{{key}}}}}}}").Advice);
        Assert.Equal(advice, Only($"{Texts.OneTask}parameters: {{type: object, properties: {{p: {{{key}}}}}}}").Advice);
        Assert.Equal(advice, Only($"tasks: [{{name: a, action: core.ask, input: {{prompt: x, response_schema: {{p: {{{key}}}}}}}}}]").Advice);
    }

    [Fact]
    public void A_whole_JSON_Schema_may_have_a_key_too_many() =>
        Assert.Equal(
            ("'definitions' is no key of the parameters' schema.", "Write the schema out where it is used; references are not followed."),
            Told($"{Texts.OneTask}parameters: {{type: object, properties: {{}}, definitions: {{x: {{}}}}}}"));

    [Theory]
    [InlineData("lable: x\ntasks: [{name: a, action: core.noop}]", "label")]
    [InlineData("tasks: [{name: a, action: core.noop, inptu: {}}]", "input")]
    [InlineData("tasks: [{name: a, action: core.noop, next: [{wen: true, do: noop}]}]", "when")]
    [InlineData("tasks: [{name: a, action: core.noop, decision: [{wen: true, next: noop}]}]", "when")]
    [InlineData("tasks: [{name: a, action: core.noop, retry: {count: 1, dealy: 1}}]", "delay")]
    [InlineData("tasks: [{name: a, action: core.noop, with: {items: [], concurency: 1}}]", "concurrency")]
    [InlineData("parameters: {p: {minimun: 1}}\ntasks: [{name: a, action: core.noop}]", "minimum")]
    [InlineData("parameters: {type: object, propertis: {}}\ntasks: [{name: a, action: core.noop}]", "properties")]
    [InlineData("tasks: [{name: p, type: parallel, tasks: [{name: a, acton: core.noop, action: core.noop}]}]", "action")]
    public void A_misspelled_key_is_told_with_the_one_that_is_near(string text, string near) =>
        Assert.EndsWith($" Did you mean '{near}'?", Only(text).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("paramters.region", "parameters")]
    [InlineData("workfow.color", "workflow")]
    [InlineData("varz.color", "vars")]
    [InlineData("variabels.color", "variables")]
    [InlineData("taks.build", "task")]
    [InlineData("taskss.build", "tasks")]
    [InlineData("systm.run_id", "system")]
    [InlineData("itme.x", "item")]
    [InlineData("indx + 1", "index")]
    [InlineData("hots", "host")]
    [InlineData("colour", "color")]
    [InlineData("regoin", "parameters.region")]
    [InlineData("region", "parameters.region")]
    [InlineData("biuld.x", "task.build")]
    [InlineData("build.x", "task.build")]
    [InlineData("clean_up", "task['clean-up']")]
    [InlineData("TRUE", "true")]
    public void A_name_whose_first_word_is_misspelled_is_told_with_the_one_that_is_near(string expression, string near) =>
        Assert.EndsWith($" Did you mean '{near}'?", Only(Heads("input", expression)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("vars", "taks.build")]
    [InlineData("vars", "biuld.x")]
    [InlineData("when", "itme.x")]
    [InlineData("when", "hots")]
    [InlineData("when", "x")]
    public void What_cannot_be_seen_from_there_is_not_suggested(string place, string expression) =>
        Assert.EndsWith($"'{expression.Split('.')[0]}'.", Only(Heads(place, expression)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("task.a-b", 0, "task['a-b']")]
    [InlineData("1 + tasks.a-b.x", 4, "tasks['a-b']")]
    [InlineData("parameters.p-q", 0, "parameters['p-q']")]
    [InlineData("vars.v-w", 0, "vars['v-w']")]
    [InlineData("v-w", 0, "workflow['v-w']")]
    public void A_name_with_a_hyphen_is_read_in_brackets(string expression, int offset, string advice)
    {
        var text = Hyphens(expression);
        var problem = Only(text);

        Assert.Equal(("expr.unknown-name", $"Write {advice}."), (problem.Code, problem.Advice));
        Assert.Equal((6, 13 + offset), (problem.At.Line, problem.At.Column));
        Assert.Empty(Texts.Checked(Hyphens(advice)));
    }

    [Theory]
    [InlineData("vars.v - vars.v")]
    [InlineData("vars.v-vars.v")]
    [InlineData("'task.a-b'")]
    [InlineData("task['a-b'] - 1")]
    public void A_minus_is_a_minus(string expression) => Assert.Empty(Texts.Checked(Hyphens(expression)));

    [Theory]
    [InlineData("flows", "part.yaml", "It was looked for as flows/part.yaml;")]
    [InlineData("/flows/", "sub/part.yaml", "It was looked for as /flows/sub/part.yaml;")]
    [InlineData("", "part.yaml", "It was looked for in the working directory, as part.yaml;")]
    [InlineData("flows", "/part.yaml", "Write its path from the directory of the file")]
    public void A_file_that_is_not_there_is_told_with_where_it_was_looked_for(string directory, string action, string advice)
    {
        var text = $"tasks: [{{name: a, action: {action}}}]";
        var known = CallNames.Gather(Texts.Spec(text), KnownActions.None, _ => null, directory);

        var problem = Assert.Single(WorkflowCheck.Run(text, "test", known).Problems);

        Assert.Equal(("action.unknown", $"There is no workflow in a file '{action}'."), (problem.Code, problem.Message));
        Assert.StartsWith(advice, problem.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_are_no_files_a_workflow_is_stored()
    {
        const string Text = "tasks: [{name: a, action: part.yaml}]";
        var known = CallNames.Gather(Texts.Spec(Text), KnownActions.None, _ => null);

        Assert.StartsWith(
            "There are no files here:", Assert.Single(WorkflowCheck.Run(Text, "test", known).Problems).Advice, StringComparison.Ordinal);
    }

    private static string Heads(string place, string expression) =>
        "parameters: {region: {}}\nvars: {color: " + (place == "vars" ? $"'{{{{ {expression} }}}}'" : "1")
        + "}\ntasks:\n  build: {action: x.y}\n  clean-up: {action: x.y}\n  b:\n    action: x.y\n    with: host in [1]\n"
        + (place == "vars" ? "" : $"    {place}: " + (place == "when" ? expression : $"{{x: '{{{{ {expression} }}}}'}}") + "\n");

    private static string Hyphens(string expression) =>
        "parameters: {p-q: {}}\nvars: {v-w: 1, v: 2, k: \"{{ keys(ctx()) }}\"}\ntasks:\n  a-b: {action: core.noop}\n"
        + "output:\n  - {x: \"{{ " + expression + " }}\"}\n";

    private static (string Message, string? Advice) Told(string text)
    {
        var problem = Only(text);
        return (problem.Message, problem.Advice);
    }

    private static SpecProblem Only(string text) => Assert.Single(WorkflowCheck.Run(text, "test").Problems);
}
