using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Host.Output;

/// <summary>The parts that the results of several verbs share.</summary>
internal static class RunJson
{
    public static void WriteValue(Utf8JsonWriter json, string name, Value value)
    {
        json.WritePropertyName(name);
        ValueJson.WriteTo(json, value);
    }

    public static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>To the millisecond, in UTC.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static void WriteProblems(Utf8JsonWriter json, IEnumerable<RunProblem> problems)
    {
        json.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            WriteProblem(json, problem);
        }

        json.WriteEndArray();
    }

    /// <summary>What stands on standard output instead of a result when nothing was started.</summary>
    public static string Refused(ImmutableArray<SpecProblem> problems) => Refused(json =>
    {
        foreach (var problem in problems)
        {
            CheckText.WriteProblem(json, problem);
        }
    });

    public static string Refused(Refusal refusal) => Refused(json =>
    {
        foreach (var problem in refusal.Problems.DefaultIfEmpty(new RunProblem(refusal.Code, refusal.Message)))
        {
            WriteProblem(json, problem);
        }
    });

    private static string Refused(Action<Utf8JsonWriter> problems) => ResultText.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "refused");
        json.WriteStartArray("problems");
        problems(json);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static void WriteProblem(Utf8JsonWriter json, RunProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("severity", problem.IsWarning ? "warning" : "error");
        json.WriteString("code", problem.Code);
        json.WriteString("message", problem.Message);
        json.WriteString("task", problem.Task);
        json.WriteEndObject();
    }
}
