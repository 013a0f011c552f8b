using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

public sealed class InputsTests
{
    [Theory]
    [InlineData("{p: {}}", "{}", """{"p":null}""")]
    [InlineData("{p: {default: 3}}", "{}", """{"p":3}""")]
    [InlineData("{p: {default: 3}}", """{"p":null}""", """{"p":3}""")]
    [InlineData("{p: {type: [integer, 'null'], default: 3}}", """{"p":null}""", """{"p":null}""")]
    [InlineData("{p: {required: true, default: 3}}", """{"p":null}""", """{"p":3}""")]
    [InlineData("{p: {properties: {a: {default: 1}}}}", """{"p":{"a":null}}""", """{"p":{"a":1}}""")]
    [InlineData("{p: {type: string, default: null}}", "{}", """{"p":null}""")]
    [InlineData("{p: {default: 3}}", """{"p":0}""", """{"p":0}""")]
    [InlineData("{p: {required: true, default: 3}}", "{}", """{"p":3}""")]
    [InlineData("{p: {default: '{{ 1 }}'}}", "{}", """{"p":"{{ 1 }}"}""")]
    [InlineData("{p: {type: integer}}", """{"p":5.0}""", """{"p":5}""")]
    [InlineData("{p: {type: number}}", """{"p":5}""", """{"p":5}""")]
    [InlineData("{p: {type: number}}", """{"p":5.0}""", """{"p":5.0}""")]
    [InlineData("{p: {type: [string, integer]}}", """{"p":5}""", """{"p":5}""")]
    [InlineData("{p: {type: boolean}}", """{"p":true}""", """{"p":true}""")]
    [InlineData("{p: {type: string}}", """{"p":null}""", """{"p":null}""")]
    [InlineData("{p: {type: [string, 'null'], required: true}}", """{"p":null}""", """{"p":null}""")]
    [InlineData("{p: {enum: [1, a]}}", """{"p":1.0}""", """{"p":1.0}""")]
    [InlineData("{p: {type: array, items: {type: integer}}}", """{"p":[1.0,2]}""", """{"p":[1,2]}""")]
    [InlineData("{p: {properties: {a: {default: 1}, b: {}}}}", """{"p":{"c":2}}""", """{"p":{"a":1,"c":2}}""")]
    [InlineData("{p: {min_length: 2, max_length: 2}}", """{"p":"é€"}""", """{"p":"é€"}""")]
    [InlineData("{parameters: {type: object}}", """{"parameters":{"x":1}}""", """{"parameters":{"x":1}}""")]
    public void Inputs_that_fit_are_kept_and_completed(string schema, string inputs, string values)
    {
        var reading = Check(schema, inputs);

        Assert.Empty(reading.Problems);
        Assert.Equal(values, reading.Values.ToString());
    }

    [Theory]
    [InlineData("{p: {required: true}}", "{}", "input.missing /p")]
    [InlineData("{p: {required: true}}", """{"p":null}""", "input.missing /p")]
    [InlineData("{p: {type: integer}}", """{"p":"5"}""", "input.type /p")]
    [InlineData("{p: {type: integer}}", """{"p":5.5}""", "input.type /p")]
    [InlineData("{p: {type: integer}}", """{"p":true}""", "input.type /p")]
    [InlineData("{p: {type: integer}}", """{"p":1e300}""", "input.type /p")]
    [InlineData("{p: {type: string}}", """{"p":5}""", "input.type /p")]
    [InlineData("{p: {type: boolean}}", """{"p":"true"}""", "input.type /p")]
    [InlineData("{p: {type: array}}", """{"p":{}}""", "input.type /p")]
    [InlineData("{p: {type: object}}", """{"p":[]}""", "input.type /p")]
    [InlineData("{p: {enum: [a, b]}}", """{"p":"c"}""", "input.enum /p")]
    [InlineData("{p: {minimum: 1}}", """{"p":0}""", "input.range /p")]
    [InlineData("{p: {maximum: 9}}", """{"p":10}""", "input.range /p")]
    [InlineData("{p: {min_length: 2}}", """{"p":"a"}""", "input.length /p")]
    [InlineData("{p: {max_length: 1}}", """{"p":[1,2]}""", "input.length /p")]
    [InlineData("{p: {pattern: '^a+$'}}", """{"p":"ab"}""", "input.pattern /p")]
    [InlineData("{p: {items: {type: integer}}}", """{"p":[1,"x",null]}""", "input.type /p/1", "input.type /p/2")]
    [InlineData("{p: {properties: {a: {type: string}}}}", """{"p":{"a":1}}""", "input.type /p/a")]
    [InlineData("{p: {required: [a], properties: {a: {}}}}", """{"p":{}}""", "input.missing /p/a")]
    [InlineData("{p: {}}", """{"q":1}""", "input.unknown /q")]
    [Trait("lesson", "8.5")]
    public void Inputs_that_do_not_fit_are_refused_by_code_and_path(
        string schema, string inputs, params string[] problems) =>
        Assert.Equal(problems, Lines(Check(schema, inputs)));

    [Fact]
    [Trait("lesson", "8.5")]
    public void All_that_is_wrong_with_inputs_comes_at_once() =>
        Assert.Equal(
            ["input.missing /a", "input.type /b", "input.range /c", "input.unknown /bb"],
            Lines(Check(
                "{a: {required: true}, b: {type: string}, c: {maximum: 5}}", """{"b":1,"c":9,"bb":2}""")));

    [Fact]
    public void A_length_counts_characters_not_halves_of_them()
    {
        Assert.Empty(Check("{p: {max_length: 1}}", """{"p":"\uD83D\uDE00"}""").Problems);
        Assert.Single(Check("{p: {max_length: 1}}", """{"p":"ab"}""").Problems);
    }

    [Fact]
    public void An_unknown_input_names_the_nearest_parameter()
    {
        var problem = Assert.Single(Check("{region: {}}", """{"regoin":1}""").Problems);

        Assert.EndsWith("Did you mean 'region'?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_schema_everything_is_kept_and_an_open_one_keeps_what_it_does_not_know()
    {
        var inputs = (Value.Map)ValueJson.Parse("""{"a":1}""");

        Assert.Equal(inputs, Inputs.Check(null, inputs).Values);
        Assert.Equal(inputs, Inputs.Check(new ParameterSchema([], Open: true), inputs).Values);
    }

    [Fact]
    public void Inputs_that_are_no_object_are_refused()
    {
        var problem = Assert.Single(Inputs.Check(null, Value.List.Empty).Problems);

        Assert.Equal(("input.shape", ""), (problem.Code, problem.Path));
    }

    [Fact]
    public void The_value_of_a_secret_is_in_no_message()
    {
        var schema = Schema("{p: {enum: [a], maximum: 1}}");
        var secret = schema with { Parameters = [schema.Parameters[0] with { Secret = true }] };

        var problems = Inputs.Check(secret, ValueJson.Parse("""{"p":271828}""")).Problems;

        Assert.Equal(2, problems.Length);
        Assert.All(problems, problem => Assert.DoesNotContain("271828", problem.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("string", "5", "\"5\"")]
    [InlineData("string", "true", "\"true\"")]
    [InlineData("integer", "5", "5")]
    [InlineData("integer", "x", "\"x\"")]
    [InlineData("number", "1.5", "1.5")]
    [InlineData("boolean", "true", "true")]
    [InlineData("array", "[1]", "[1]")]
    [InlineData("object", "{\"a\":1}", "{\"a\":1}")]
    [InlineData("[string, integer]", "5", "5")]
    [InlineData("[string, integer]", "true", "\"true\"")]
    [InlineData("null", "null", "null")]
    public void A_text_from_a_command_line_is_read_by_the_type_of_its_parameter(string type, string text, string json) =>
        Assert.Equal(json, Inputs.FromText(Schema($"{{p: {{type: {type}}}}}"), "p", text).ToString());

    [Fact]
    public void A_text_without_a_schema_is_JSON_if_it_can_be()
    {
        Assert.Equal(Value.Of(5), Inputs.FromText(null, "p", "5"));
        Assert.Equal(Value.Of("five"), Inputs.FromText(null, "p", "five"));
        Assert.Equal(Value.Of(""), Inputs.FromText(null, "p", ""));
        Assert.Equal(Value.Of("[1"), Inputs.FromText(Schema("{q: {}}"), "p", "[1"));
    }

    private static ParameterSchema Schema(string schema) =>
        WorkflowYaml.Read($"{Texts.OneTask}parameters: {schema}", "test").Spec!.Parameters!;

    private static InputReading Check(string schema, string inputs) =>
        Inputs.Check(Schema(schema), ValueJson.Parse(inputs));

    private static string[] Lines(InputReading reading) =>
        [.. reading.Problems.Select(problem => $"{problem.Code} {problem.Path}")];
}
