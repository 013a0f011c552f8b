using System.Collections.Immutable;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Worker.Runners;

/// <summary>What the core actions take, for those who check workflows before anything runs.</summary>
public static class CoreActionSpecs
{
    // Numbers and booleans are written as text where text is wanted.
    private static readonly ImmutableArray<string> Text = ["string", "number", "boolean"];

    /// <summary>Of a worker there may be more: own ones.</summary>
    public static KnownActions Known { get; } = new(All(), areAll: false);

    private static IEnumerable<ActionSpec> All() =>
    [
        new("core.noop", Open) { Idempotent = true },
        new("core.echo", Open) { Idempotent = true },
        new("core.sleep", Closed(Of("seconds", "number") with { Minimum = 0, Maximum = 86_400 })) { Idempotent = true },
        new("core.fail", Closed(Of("message", Text), Of("code", Text))) { Idempotent = true },
        new("core.shell", Closed(
            Of("args", "array"), Of("argv", "array"), Of("cmd", Text), Of("shell", "boolean"),
            Of("parameters", "object"), Of("env", "object"), Of("cwd", Text), Of("stdin"),
            Of("output_format", Text) with { Enum = Texts("text", "json", "jsonl", "yaml") }))
        {
            OneOf = ["args", "argv", "cmd"],
        },
        new("core.http_request", Closed(
            Of("url", Text) with { Required = true }, Of("method", Text), Of("headers", "object"),
            Of("query", "object"), Of("body", Text), Of("json"), Of("timeout", "number") with { Minimum = 0 })),
    ];

    private static ParameterSchema Open => new([], Open: true);

    private static ParameterSchema Closed(params ImmutableArray<ParameterSpec> parameters) => new(parameters);

    private static ParameterSpec Of(string name, params ImmutableArray<string> types) => new(
        name, types, Required: false, Default: null, Enum: [], Minimum: null, Maximum: null, MinLength: null,
        MaxLength: null, Pattern: null, Items: null, Properties: [], Secret: false, Description: null);

    private static ImmutableArray<Value> Texts(params string[] texts) => [.. texts.Select(text => Value.Of(text))];
}
