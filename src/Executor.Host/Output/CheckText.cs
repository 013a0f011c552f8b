using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Executor.Core.Workflows;

namespace Executor.Host.Output;

/// <summary>The findings of a check, for people, for programs and for GitHub.</summary>
internal static class CheckText
{
    public static string ForPeople(ImmutableArray<CheckedFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            foreach (var line in file.Problems.SelectMany(problem => ProblemLines.Of(file.Path, problem)))
            {
                text.Append(line).Append('\n');
            }

            text.Append(Summary(file)).Append('\n');
        }

        return text.ToString();
    }

    public static string Json(ImmutableArray<CheckedFile> files) => ResultText.Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("errors", files.Sum(file => file.Count(ProblemSeverity.Error)));
        json.WriteNumber("warnings", files.Sum(file => file.Count(ProblemSeverity.Warning)));
        json.WriteStartArray("problems");
        foreach (var file in files)
        {
            foreach (var problem in file.Problems)
            {
                WriteProblem(json, problem, file.Path);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Workflow commands of GitHub Actions: each becomes a note beside the line of the file.</summary>
    public static string GitHub(ImmutableArray<CheckedFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            foreach (var problem in file.Problems)
            {
                var place = $"file={Property(file.Path)},line={problem.At.Line},col={problem.At.Column}";
                var message = problem.Advice is null ? problem.Message : $"{problem.Message}\n{problem.Advice}";
                text.Append("::").Append(ProblemLines.Kind(problem.Severity)).Append(' ').Append(place)
                    .Append(",title=").Append(Property(problem.Code)).Append("::").Append(Data(message)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <param name="file">Null leaves it out.</param>
    public static void WriteProblem(Utf8JsonWriter json, SpecProblem problem, string? file = null)
    {
        json.WriteStartObject();
        if (file is not null)
        {
            json.WriteString("file", file);
        }

        json.WriteString("severity", ProblemLines.Kind(problem.Severity));
        json.WriteString("code", problem.Code);
        json.WriteString("message", problem.Message);
        json.WriteNumber("line", problem.At.Line);
        json.WriteNumber("column", problem.At.Column);
        json.WriteString("advice", problem.Advice);
        json.WriteEndObject();
    }

    private static string Summary(CheckedFile file)
    {
        var errors = file.Count(ProblemSeverity.Error);
        var warnings = file.Count(ProblemSeverity.Warning);
        return errors + warnings == 0
            ? $"{SafeText.OneLine(file.Path)}: ok"
            : $"{SafeText.OneLine(file.Path)}: {Counted(errors, "error")}, {Counted(warnings, "warning")}";
    }

    private static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
