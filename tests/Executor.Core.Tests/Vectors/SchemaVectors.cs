using Executor.Core.Runs;
using Executor.Core.Tests.Runs;
using Executor.Core.Tests.Workflows;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Vectors;

/// <summary>Parameters as a file describes them, and what becomes of inputs.</summary>
[Trait("vector", "6")]
public sealed class SchemaVectors
{
    private const string Absent = "absent";

    [Theory]
    [InlineData("{required: true}", "absent · null", "input.missing /p")]
    [InlineData("{}", "absent · null", "null")]
    [InlineData("{default: 3}", "absent · null · 0", "3 · 3 · 0")]
    [InlineData("{default: '{{ 1 }}'}", "absent", "\"{{ 1 }}\"")]
    [InlineData("{required: true, default: 3}", "absent", "3")]
    [InlineData("{type: integer}", "5 · 5.0 · \"5\" · 5.5 · true", "5 · 5 · input.type /p")]
    [InlineData("{type: number}", "5 · 5.5 · null · \"5\" · true", "5 · 5.5 · null · input.type /p")]
    [InlineData("{type: string}", "\"5\" · null · 5 · []", "\"5\" · null · input.type /p")]
    [InlineData("{type: boolean}", "true · null · \"true\" · 1", "true · null · input.type /p")]
    [InlineData("{type: array}", "[1] · null · {} · \"a\"", "[1] · null · input.type /p")]
    [InlineData("{type: object}", "{\"a\":1} · null · [] · 5", "{\"a\":1} · null · input.type /p")]
    [InlineData("{type: [string, integer]}", "\"a\" · 5 · null · 5.5 · true", "\"a\" · 5 · null · input.type /p")]
    [InlineData("{type: string, required: true}", "null", "input.missing /p")]
    [InlineData("{enum: [a, b]}", "\"b\" · \"c\"", "\"b\" · input.enum /p")]
    [InlineData("{minimum: 1}", "1 · 0", "1 · input.range /p")]
    [InlineData("{maximum: 9}", "9 · 10", "9 · input.range /p")]
    [InlineData("{items: {type: integer}}", "[1,2] · [1,\"x\"]", "[1,2] · input.type /p/1")]
    [InlineData("{properties: {a: {type: string}}}", "{\"a\":\"x\"} · {\"a\":1}", "{\"a\":\"x\"} · input.type /p/a")]
    public void An_input_is_taken_or_refused(string schema, string inputs, string values)
    {
        foreach (var (input, value) in Row.Of(inputs, values))
        {
            var reading = Inputs.Check(
                Schema($"{{p: {schema}}}"), ValueJson.Parse(input == Absent ? "{}" : $$"""{"p":{{input}}}"""));

            Assert.Equal(
                value, reading.Problems is [var problem] ? $"{problem.Code} {problem.Path}" : reading.Values.Entries[0].Value.ToString());
        }
    }

    [Fact]
    public void All_that_is_wrong_is_in_one_refusal_and_no_run_exists()
    {
        var run = Scenario.OfFlow(
            "a", "parameters: {region: {type: string}, n: {required: true}}", """{"region": 5, "regoin": "x"}""");

        Assert.Equal(
            ["input.missing", "input.type", "input.unknown"], run.Refusal!.Problems.Select(one => one.Code).Order());
        Assert.Contains("Did you mean 'region'?", run.Refusal.Message);
        Assert.False(run.Run.HasStarted);
    }

    [Fact]
    public void Without_a_schema_everything_is_kept_and_a_complete_one_is_taken_as_it_is()
    {
        Assert.Equal("""{"any":1}""", Scenario.OfFlow("a", inputs: """{"any": 1}""").Run.Inputs.ToString());
        var schema = Schema("{type: object, required: [a], properties: {a: {type: string, minLength: 2}, b: {}}}");
        Assert.Equal([("a", true), ("b", false)], schema.Parameters.Select(one => (one.Name, one.Required)));
    }

    [Fact]
    public void Inputs_are_an_object() =>
        Assert.Equal("input.shape", Assert.Single(Inputs.Check(null, Value.List.Empty).Problems).Code);

    [Fact]
    public void A_parameter_called_parameters_is_an_ordinary_one()
    {
        var run = Scenario.OfFlow(
            "a: input: {v: '{{ parameters.parameters }}'}", "parameters: {parameters: {type: integer}}", """{"parameters": 5}""");

        Assert.Equal("5", Seen.By(run, "a"));
    }

    [Fact]
    public void What_stands_in_a_file_is_checked_and_what_a_template_gives_when_the_visit_opens()
    {
        var known = new KnownActions([new ActionSpec("net.get", Schema("{url: {type: string}, tries: {type: integer}}"))], areAll: false);
        const string Good = "parameters: {n: {}}\ntasks: [{name: a, action: net.get, input: {url: x, tries: '{{ parameters.n }}'}}]";
        Assert.Empty(Texts.Checked(Good, known));
        Assert.StartsWith("input.type", Assert.Single(Texts.Checked(Good.Replace("url: x", "url: 5"), known)));

        foreach (var (given, code) in new[] { ("5", null), ("\"many\"", "input.type") })
        {
            var start = new RunCommand.Start(
                Scenario.Read(Good), (Value.Map)ValueJson.Parse($$"""{"n":{{given}}}"""), RunLimits.Default, null, Scenario.Begin);
            var fresh = RunState.Initial(new RunId("r"));
            var visit = fresh.Evolve(RunDecider.Decide(fresh, start, known).Events).Visit("a", 1)!;
            Assert.Equal((code, code is null ? SlotStatus.Running : SlotStatus.Failed), (visit.Code, visit.Status));
        }
    }

    [Theory]
    [InlineData("{type: integer, default: x}", 31)]
    [InlineData("{type: integr}", 13)]
    [InlineData("{required: \"yes\"}", 17)]
    public void A_schema_that_is_none_is_found_by_the_check(string schema, int column) => Assert.Equal(
        [$"schema.invalid 3:{column}"], Texts.Checked($"{Texts.OneTask}parameters:\n  p: {schema}"));

    [Theory]
    [InlineData("string", "5 · [1]", "\"5\" · \"[1]\"")]
    [InlineData("integer", "5 · five", "5 · \"five\"")]
    [InlineData("boolean", "true", "true")]
    [InlineData("array", "[1,2]", "[1,2]")]
    [InlineData("object", "{\"a\":1}", "{\"a\":1}")]
    public void A_word_of_a_command_line_is_read_by_the_type(string type, string words, string values)
    {
        foreach (var (word, value) in Row.Of(words, values))
        {
            Assert.Equal(value, Inputs.FromText(Schema($"{{p: {{type: {type}}}}}"), "p", word).ToString());
        }
    }

    private static ParameterSchema Schema(string schema) =>
        WorkflowYaml.Read($"{Texts.OneTask}parameters: {schema}", "test").Spec!.Parameters!;
}
