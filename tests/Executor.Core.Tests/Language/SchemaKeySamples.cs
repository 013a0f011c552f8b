namespace Executor.Core.Tests.Language;

/// <summary>The samples of <see cref="KeySamples"/> whose key describes parameters.</summary>
internal static class SchemaKeySamples
{
    public static readonly Dictionary<string, string> All = new()
    {
        ["Schema type"] = Parameter("default: null", "type: integer", "x"),
        ["Schema required"] = Parameter("type: integer", "required: true", null),
        ["Schema default"] = Parameter("type: integer", "default: 5", null),
        ["Schema enum"] = Parameter("type: string", "enum: [a, b]", "c"),
        ["Schema minimum"] = Parameter("type: integer", "minimum: 5", "4"),
        ["Schema maximum"] = Parameter("type: integer", "maximum: 5", "6"),
        ["Schema min_length"] = Parameter("type: string", "min_length: 2", "x"),
        ["Schema minLength"] = Parameter("type: string", "minLength: 2", "x"),
        ["Schema max_length"] = Parameter("type: string", "max_length: 2", "xyz"),
        ["Schema maxLength"] = Parameter("type: string", "maxLength: 2", "xyz"),
        ["Schema pattern"] = Parameter("type: string", "pattern: ^a", "x"),
        ["Schema items"] = Parameter("type: array", "items: {type: string}", "[1]"),
        ["Schema properties"] = Parameter("type: object", "properties: {a: {type: string}}", "{a: 1}"),
        ["Schema secret"] = Parameter("type: string", "secret: true", "x"),
        ["RootSchema type"] = Schema("properties: {n: {default: 5}}", "type: object"),
        ["RootSchema properties"] = Schema("type: object", "properties: {n: {default: 5}}"),
        ["RootSchema required"] = Schema("type: object\n  properties: {n: {type: string}}", "required: [n]"),
        ["RootSchema additionalProperties"] =
            Schema("type: object\n  properties: {m: {}}", "additionalProperties: true") + "\n---\ninputs: {n: 1}",
    };

    private static string Parameter(string others, string key, string? input) => $$$"""
        parameters:
          n:
            {{{others}}}
            {{{key}}} #-
        tasks: [{name: a, action: core.noop, input: {n: "{{ parameters }}"}}]
        ---
        inputs: { {{{(input is null ? "" : "n: " + input)}}} }
        """;

    private static string Schema(string others, string key) => $$$"""
        parameters:
          {{{others}}}
          {{{key}}} #-
        tasks: [{name: a, action: core.noop, input: {n: "{{ parameters }}"}}]
        """;
}
