using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

public sealed class SchemaTests
{
    [Fact]
    public void Every_key_of_a_parameter_is_read()
    {
        var parameters = Read(
            """
            parameters:
              a:
                type: [string, "null"]
                required: true
                enum: [x, y]
                min_length: 1
                max_length: 5
                pattern: "^[xy]$"
                description: An a
              b: {type: array, items: {type: integer, minimum: 1, maximum: 1.5}}
              c: {type: object, required: [d], properties: {d: {type: string}, e: {required: true}}}
              f:
              g: {default: x}
            """).Parameters;

        var first = parameters[0];
        Assert.Equal(["string", "null"], first.Types.AsEnumerable());
        Assert.Equal((true, "An a", "^[xy]$"), (first.Required, first.Description, first.Pattern));
        Assert.Equal((1, 5), (first.MinLength, first.MaxLength));
        Assert.Equal([Value.Of("x"), Value.Of("y")], first.Enum.AsEnumerable());
        Assert.Equal((1d, 1.5), (parameters[1].Items!.Minimum, parameters[1].Items!.Maximum));
        Assert.Equal([true, true], parameters[2].Properties.Select(property => property.Required));
        Assert.False(parameters[2].Required);
        Assert.Empty(parameters[3].Types);
        Assert.Null(parameters[3].Default);
        Assert.Equal(Value.Of("x"), parameters[4].Default);
    }

    [Fact]
    public void A_complete_JSON_Schema_is_taken_as_it_is()
    {
        var schema = Read(
            """
            parameters:
              $schema: https://json-schema.org/draft/2020-12/schema
              type: object
              required: [a]
              additionalProperties: true
              properties:
                a: {type: string, minLength: 2, maxLength: 3}
                b: {}
            """);

        Assert.True(schema.Open);
        Assert.Equal([("a", true), ("b", false)], schema.Parameters.Select(one => (one.Name, one.Required)));
        Assert.Equal((2, 3), (schema.Parameters[0].MinLength, schema.Parameters[0].MaxLength));
    }

    [Fact]
    public void Parameters_may_have_the_names_of_schema_keys()
    {
        var schema = Read("parameters: {type: {type: string}, properties: {type: object}, parameters: {}}");

        Assert.Equal(["type", "properties", "parameters"], schema.Parameters.Select(one => one.Name));
    }

    [Theory]
    [InlineData("{type: integr}", "schema.invalid 3:13")]
    [InlineData("{type: [string, text]}", "schema.invalid 3:22")]
    [InlineData("{type: {}}", "schema.invalid 3:13")]
    [InlineData("{required: \"yes\"}", "schema.invalid 3:17")]
    [InlineData("{secret: 1}", "schema.invalid 3:15")]
    [InlineData("{secret: true}", "spec.unsupported 3:15")]
    [InlineData("{type: integer, default: x}", "schema.invalid 3:31")]
    [InlineData("{enum: [1], default: 2}", "schema.invalid 3:27")]
    [InlineData("{type: array, items: {type: string}, default: [x, 1]}", "schema.invalid 3:52")]
    [InlineData("{enum: x}", "schema.invalid 3:13")]
    [InlineData("{enum: []}", "schema.invalid 3:13")]
    [InlineData("{minimum: low}", "schema.invalid 3:16")]
    [InlineData("{minimum: 5, maximum: 4}", "schema.invalid 3:3")]
    [InlineData("{min_length: -1}", "schema.invalid 3:19")]
    [InlineData("{min_length: 1, minLength: 1}", "spec.value 3:22")]
    [InlineData("{min_length: 5, max_length: 4}", "schema.invalid 3:3")]
    [InlineData("{pattern: \"(\"}", "schema.invalid 3:16")]
    [InlineData("{pattern: \"(?=x)\"}", "schema.invalid 3:16")]
    [InlineData("{pattern: \"((((a{99}){99}){99}){99})\"}", "schema.invalid 3:16")]
    [InlineData("{pattern: 5}", "schema.invalid 3:16")]
    [InlineData("{properties: []}", "schema.invalid 3:19")]
    [InlineData("{required: [x], properties: {y: {}}}", "schema.invalid 3:22")]
    [InlineData("{position: 1}", "spec.unsupported 3:7")]
    [InlineData("{typ: string}", "spec.unknown-key 3:7")]
    [InlineData("string", "spec.type 3:6")]
    public void A_wrong_schema_is_refused_where_it_stands(string schema, string problem) =>
        Assert.Equal([problem], Texts.Problems($"{Texts.OneTask}parameters:\n  p: {schema}"));

    [Fact]
    public void Names_that_are_required_where_nothing_has_names_are_told_when_checked_and_read_as_ever()
    {
        const string Text = Texts.OneTask + "parameters:\n  p: {type: object, required: [a]}\n";

        Assert.Equal(["schema.invalid 3:21"], Texts.Checked(Text));
        Assert.Empty(Texts.Problems(Text));
    }

    [Fact]
    public void The_parameters_must_be_a_map() =>
        Assert.Equal(["spec.type 2:13"], Texts.Problems(Texts.OneTask + "parameters: [a]"));

    private static ParameterSchema Read(string text) => Texts.Spec(Texts.OneTask + text).Parameters!;
}
