using System.Globalization;
using System.Text;
using System.Text.Json;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;

namespace Executor.Host.Output;

/// <summary>What a rehearsal did, for people and for programs.</summary>
internal static class RehearsalText
{
    /// <param name="misses">What went otherwise than expected; null when nothing was expected.</param>
    public static string Json(RehearsalReport report, IReadOnlyList<string>? misses) => ResultText.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", StatusWords.Of(report.Status));
        RunJson.WriteValue(json, "output", report.Output);
        RunJson.WriteProblems(json, report.Problems);
        json.WriteStartArray("dispatches");
        foreach (var dispatch in report.Dispatches)
        {
            WriteDispatch(json, dispatch);
        }

        json.WriteEndArray();
        json.WriteStartArray("tasks");
        foreach (var visit in report.Tasks)
        {
            json.WriteStartArray();
            json.WriteStringValue(visit.Task);
            json.WriteNumberValue(visit.Visit);
            json.WriteStringValue(StatusWords.Of(visit.Status));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        RunJson.WriteValue(json, "variables", report.Variables);
        RunJson.WriteProblems(json, report.Warnings, "warnings");
        if (misses is not null)
        {
            RunJson.WriteNames(json, "unexpected", misses);
        }

        json.WriteEndObject();
    });

    public static string ForPeople(RehearsalReport report)
    {
        var text = new StringBuilder();
        var dispatches = new Columns("n", "after", "dispatch", "action", "delay", "input");
        foreach (var dispatch in report.Dispatches)
        {
            dispatches.Add(
                Number(dispatch.Number), Number(dispatch.After), dispatch.Slot.ToString(), dispatch.Action,
                Seconds(dispatch.Delay), dispatch.Input.ToString());
        }

        var visits = new Columns("task", "visit", "status");
        foreach (var visit in report.Tasks)
        {
            visits.Add(visit.Task, Number(visit.Visit), StatusWords.Of(visit.Status));
        }

        text.Append(dispatches).Append('\n').Append(visits).Append('\n');
        foreach (var line in report.Problems.Concat(report.Warnings).SelectMany(ProblemLines.Of))
        {
            text.Append(line).Append('\n');
        }

        return text.Append("status: ").Append(StatusWords.Of(report.Status)).Append('\n')
            .Append("output: ").Append(report.Output).Append('\n').ToString();
    }

    private static void WriteDispatch(Utf8JsonWriter json, RehearsedDispatch dispatch)
    {
        json.WriteStartObject();
        json.WriteNumber("n", dispatch.Number);
        json.WriteString("task", dispatch.Slot.Task);
        json.WriteNumber("visit", dispatch.Slot.Visit);
        if (dispatch.Slot.Item == Slot.NoItem)
        {
            json.WriteNull("item");
        }
        else
        {
            json.WriteNumber("item", dispatch.Slot.Item);
        }

        json.WriteNumber("attempt", dispatch.Slot.Attempt);
        json.WriteString("action", dispatch.Action);
        RunJson.WriteValue(json, "input", dispatch.Input);
        json.WriteNumber("delay", dispatch.Delay.TotalSeconds);
        json.WriteNumber("after", dispatch.After);
        json.WriteEndObject();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan wait) =>
        wait == TimeSpan.Zero ? "" : wait.TotalSeconds.ToString(CultureInfo.InvariantCulture) + " s";
}
