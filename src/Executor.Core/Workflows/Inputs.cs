using System.Collections.Immutable;
using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Core.Workflows;

/// <summary>Checks inputs against a schema; all that is wrong comes at once and nothing is converted.</summary>
public static class Inputs
{
    private static readonly string[] AsJson = ["array", "object", "integer", "number", "boolean", "null"];

    /// <param name="schema">Null keeps everything.</param>
    /// <returns>Each parameter that was not given has its default, or null.</returns>
    public static InputReading Check(ParameterSchema? schema, Value inputs)
    {
        if (inputs is not Value.Map given)
        {
            var shape = $"The inputs must be an object, not {InputChecker.Kind(inputs)}.";
            return new InputReading(Value.Map.Empty, [new InputProblem(ProblemCode.InputShape, shape, "")]);
        }

        if (schema is null)
        {
            return new InputReading(given, []);
        }

        var checker = new InputChecker();
        var values = checker.Members(schema.Parameters, given, "", closed: !schema.Open, fill: true);
        return new InputReading(values, checker.Problems);
    }

    /// <summary>An input from a command line.</summary>
    /// <returns>
    /// The text itself where the schema wants a string; JSON where it wants something else; without a schema JSON if
    /// the text is JSON. A text that does not fit stays a text, so that the check can speak of it.
    /// </returns>
    public static Value FromText(ParameterSchema? schema, string name, string text)
    {
        var types = schema?.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Types ?? [];
        if (!types.IsDefaultOrEmpty && !types.Any(AsJson.Contains))
        {
            return Value.Of(text);
        }

        try
        {
            var value = ValueJson.Parse(text);
            return types.IsEmpty || types.Any(type => InputChecker.HasType(value, type)) || !types.Contains("string")
                ? value
                : Value.Of(text);
        }
        catch (JsonException)
        {
            return Value.Of(text);
        }
    }

    /// <summary>One value against the schema of its parameter.</summary>
    internal static ImmutableArray<InputProblem> CheckValue(ParameterSpec spec, Value value)
    {
        var checker = new InputChecker();
        checker.Fit(spec, value, "");
        return checker.Problems;
    }
}
