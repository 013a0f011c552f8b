using System.Text.Json;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners.Processes;

/// <summary>Reads data from what a program has printed. What cannot be read is no data and no failure.</summary>
internal static class OutputFormat
{
    private static readonly string[] Known = ["text", "json", "jsonl", "yaml"];

    public static string Checked(string? format) => format is null ? "text"
        : Known.Contains(format) ? format
        : throw new ActionInputException(
            "input.enum", $"'output_format' must be one of {string.Join(", ", Known)}, not '{format}'.");

    public static Value? Data(string format, string output) => format switch
    {
        "json" => Json(output) ?? Json(output.TrimEnd().Split('\n')[^1]),
        "jsonl" => JsonLines(output),
        "yaml" => YamlText.Read(output).Root?.ToValue(),
        _ => null,
    };

    private static Value.List? JsonLines(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var values = lines.Select(Json).ToArray();
        return Array.Exists(values, value => value is null) ? null : new Value.List([.. values!]);
    }

    private static Value? Json(string text)
    {
        try
        {
            return ValueJson.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
