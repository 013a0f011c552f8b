using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Executor.Core.Workflows;

/// <summary>The action that asks a person: a run does it itself, and no worker.</summary>
public static class QuestionAction
{
    public static ImmutableArray<string> Names { get; } = ["core.ask", "core.inquiry"];

    /// <summary>Its inputs; a question that names no timeout waits as long as it takes.</summary>
    public static ActionSpec Spec { get; } = new(Names[0], new ParameterSchema(
    [
        // Numbers and booleans are written as text, as by the other core actions.
        Of("prompt", "string", "number", "boolean") with { Required = true, MinLength = 1, MaxLength = 10_000 },
        Of("response_schema", "object"),
        Of("options", "array") with { MinLength = 1, MaxLength = 1_000 },
        Of("assigned_to", "string", "array"),
        Of("default_response"),
    ]))
    {
        Timeout = Durations.Longest,
    };

    public static bool Is(string action) => Names.Contains(action, StringComparer.OrdinalIgnoreCase);

    public static bool TryFind(string action, [NotNullWhen(true)] out ActionSpec? spec)
    {
        spec = Is(action) ? Spec : null;
        return spec is not null;
    }

    private static ParameterSpec Of(string name, params ImmutableArray<string> types) => new(
        name, types, Required: false, Default: null, Enum: [], Minimum: null, Maximum: null, MinLength: null,
        MaxLength: null, Pattern: null, Items: null, Properties: [], Secret: false, Description: null);
}
