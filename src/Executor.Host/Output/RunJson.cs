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

    /// <summary>The slot of another run that awaits this one; null when none does.</summary>
    public static void WriteCaller(Utf8JsonWriter json, RunId? run, Slot slot)
    {
        if (run is null)
        {
            json.WriteNull("parent");
            return;
        }

        json.WriteStartObject("parent");
        json.WriteString("run_id", run.Value.Text);
        WriteSlot(json, slot);
        json.WriteEndObject();
    }

    public static void WriteSlot(Utf8JsonWriter json, Slot slot)
    {
        json.WriteString("task", slot.Task);
        json.WriteNumber("visit", slot.Visit);
        if (slot.Item == Slot.NoItem)
        {
            json.WriteNull("item");
        }
        else
        {
            json.WriteNumber("item", slot.Item);
        }

        json.WriteNumber("attempt", slot.Attempt);
    }

    /// <summary>To the millisecond, in UTC.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static void WriteProblems(Utf8JsonWriter json, IEnumerable<RunProblem> problems, string name = "problems")
    {
        json.WriteStartArray(name);
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
