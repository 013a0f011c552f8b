using System.Collections.Immutable;
using System.Text.Json;
using Executor.Core.Workflows;

namespace Executor.Host.Output;

/// <summary>The findings of a check as a SARIF 2.1.0 log, which code hosts and editors read.</summary>
internal static class Sarif
{
    private const string Schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static string Of(ImmutableArray<CheckedFile> files) => ResultText.Json(json =>
    {
        var rules = files.SelectMany(file => file.Problems).Select(problem => problem.Code)
            .Distinct().Order(StringComparer.Ordinal).ToList();
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, rules);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var file in files)
        {
            foreach (var problem in file.Problems)
            {
                WriteResult(json, file.Path, problem, rules.IndexOf(problem.Code));
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteTool(Utf8JsonWriter json, IReadOnlyList<string> rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "executor");
        json.WriteString("version", typeof(Sarif).Assembly.GetName().Version!.ToString(3));
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule);
            WriteText(json, "shortDescription", InWords(rule));
            WriteText(json, "fullDescription", ProblemAdvice.Of(rule) ?? InWords(rule));
            WriteText(json, "help", ProblemAdvice.Of(rule) ?? InWords(rule));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, string path, SpecProblem problem, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", problem.Code);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", ProblemLines.Kind(problem.Severity));
        WriteText(json, "message", problem.Advice is null ? problem.Message : $"{problem.Message} {problem.Advice}");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri(path));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", problem.At.Line);
        json.WriteNumber("startColumn", problem.At.Column);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    /// <summary><c>task.unknown-target</c> is for programs.</summary>
    private static string InWords(string code) =>
        code.Replace(".", ": ", StringComparison.Ordinal).Replace('-', ' ');

    /// <summary>A relative reference stays relative, so that the log means the same on another machine.</summary>
    private static string Uri(string path) => Path.IsPathRooted(path)
        ? new Uri(path).AbsoluteUri
        : string.Join('/', path.Replace('\\', '/').Split('/').Select(System.Uri.EscapeDataString));
}
