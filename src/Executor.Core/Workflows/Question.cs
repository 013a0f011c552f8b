using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Workflows;

/// <summary>What a person is asked, as the rendered input of its task says.</summary>
/// <param name="Schema">Null when there is none; then any value answers, or one of the options.</param>
/// <param name="Options">Of which one answers; empty when there are none.</param>
/// <param name="AssignedTo">Whom it is for, as written; for people, nobody else is refused.</param>
/// <param name="Default">What answers when nobody does in time; null when nothing does.</param>
public sealed record Question(
    string Prompt, ParameterSchema? Schema, ImmutableArray<Value> Options, ImmutableArray<string> AssignedTo,
    Value? Default)
{
    private const int MostWeight = 256 * 1024;
    private const int Deepest = 64;

    /// <param name="input">Without problems.</param>
    public static Question Of(Value.Map input) => new(
        input.TryGet("prompt", out var prompt) ? prompt is Value.Text text ? text.Content : prompt.ToString() : "",
        SchemaOf(input).Schema,
        Given(input, "options") is Value.List options ? options.Items : [],
        Given(input, "assigned_to") switch
        {
            Value.Text one => [one.Content],
            Value.List many => [.. many.Items.OfType<Value.Text>().Select(one => one.Content)],
            _ => [],
        },
        Given(input, "default_response"));

    /// <summary>All that is wrong with a rendered input.</summary>
    public static ImmutableArray<InputProblem> Check(Value.Map input)
    {
        var problems = QuestionAction.Spec.Check(input);
        if (!problems.IsEmpty)
        {
            return problems;
        }

        if (Given(input, "options") is not null && Given(input, "response_schema") is not null)
        {
            const string Both = "A question has 'options' or a 'response_schema', not both.";
            return [new InputProblem(ProblemCode.InputShape, Both, "/options")];
        }

        if (Given(input, "assigned_to") is Value.List people && people.Any(one => one is not Value.Text))
        {
            return [new InputProblem(ProblemCode.InputType, "Expected names as texts.", "/assigned_to")];
        }

        var wrong = SchemaOf(input).Problems;
        if (!wrong.IsEmpty)
        {
            return [.. wrong.Select(one => new InputProblem(one.Code, one.Message, "/response_schema"))];
        }

        var question = Of(input);
        return question.Default is null
            ? []
            : [.. question.Read(question.Default).Problems.Select(one => one with { Path = "/default_response" + one.Path })];
    }

    /// <summary>An answer against what is asked for.</summary>
    /// <returns>The answer with the defaults of its schema; paths count from the answer down.</returns>
    public (Value Response, ImmutableArray<InputProblem> Problems) Read(Value response)
    {
        if (Unkeepable(response) is { } flaw)
        {
            return (response, [new InputProblem(ProblemCode.InputShape, flaw, "")]);
        }

        if (Schema is not null)
        {
            var reading = Inputs.Check(Schema, response);
            return (reading.Values, reading.Problems);
        }

        if (Options.IsEmpty || Options.Contains(response))
        {
            return (response, []);
        }

        var expected = $"Expected one of {string.Join(", ", Options)}, not {Short(response)}.";
        return (response, [new InputProblem(ProblemCode.InputEnum, expected, "")]);
    }

    private static Value? Given(Value.Map input, string name) =>
        input.TryGet(name, out var value) && !value.IsNull ? value : null;

    private static (ParameterSchema? Schema, ImmutableArray<SpecProblem> Problems) SchemaOf(Value.Map input) =>
        Given(input, "response_schema") is { } schema ? ValueSchema.Read(schema) : (null, []);

    /// <summary>The journal keeps it for ever, so it is bounded, and whole.</summary>
    private static string? Unkeepable(Value value) =>
        value.Depth > Deepest ? $"An answer is at most {Deepest} levels deep."
        : value.Weight > MostWeight ? $"An answer has at most {MostWeight} characters."
        : IsWhole(value) ? null : "An answer has no text with a NUL or half a character, and no number that JSON cannot write.";

    private static bool IsWhole(Value value) => value switch
    {
        Value.Float number => double.IsFinite(number.Content),
        Value.Text text => StorableText.Is(text.Content),
        Value.List list => list.Items.All(IsWhole),
        Value.Map map => map.Entries.All(entry => StorableText.Is(entry.Key) && IsWhole(entry.Value)),
        _ => true,
    };

    private static string Short(Value value)
    {
        var text = value.ToString();
        return text.Length > 60 ? text[..57] + "..." : text;
    }
}
