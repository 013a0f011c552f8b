using System.Globalization;
using System.Text.Json;
using Executor.Core.Runs;

namespace Executor.Host.Output;

/// <summary>What a run waits for: joins for those that lead to them, and what is due at a time.</summary>
/// <param name="Task">Of which alone is told; null for all.</param>
internal sealed record Waits(RunState Run, string? Task)
{
    private const int MostShown = 20;

    private IEnumerable<WaitingJoin> Joins => WaitingJoin.Of(Run).Where(join => Task is null || join.Task == Task);

    /// <summary>The earliest first; of a paused run also what is due only when it has been resumed.</summary>
    private IEnumerable<(DueTime Due, bool IsSuspended)> Dues =>
        Run.Dues.Select(due => (due, false)).Concat(Run.Suspended.Select(due => (due, true)))
            .Where(one => Task is null || one.due.Slot.Task == Task)
            .OrderBy(one => one.due);

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartArray("waiting_joins");
        foreach (var join in Joins)
        {
            json.WriteStartObject();
            json.WriteString("task", join.Task);
            json.WriteNumber("visit", join.Visit);
            json.WriteNumber("needed", join.Needed);
            RunJson.WriteNames(json, "arrived", join.Arrived);
            RunJson.WriteNames(json, "missing", join.Missing);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("due");
        foreach (var (due, isSuspended) in Dues)
        {
            WriteDue(json, due, isSuspended);
        }

        json.WriteEndArray();
    }

    /// <summary>Joins, and what begins later; how long attempts that are out may take is left to programs.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var join in Joins)
        {
            yield return $"waits: {join.Task}/{join.Visit} for {join.Needed} tasks; arrived: {string.Join(", ", join.Arrived)}; "
                + $"missing: {string.Join(", ", join.Missing)}";
        }

        var dues = Dues.Where(one => one.Due.Kind != DueKind.AttemptDeadline).ToList();
        foreach (var (due, isSuspended) in dues.Take(MostShown))
        {
            yield return $"due: {What(due)} at {RunJson.Time(due.At)}{(isSuspended ? ", when it has been resumed" : "")}";
        }

        if (dues.Count > MostShown)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"due: {dues.Count - MostShown} more, later");
        }
    }

    private static void WriteDue(Utf8JsonWriter json, DueTime due, bool isSuspended)
    {
        json.WriteStartObject();
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(due.Kind.ToString()));
        json.WriteString("at", RunJson.Time(due.At));
        json.WriteBoolean("is_suspended", isSuspended);
        switch (due.Kind)
        {
            case DueKind.RunTimeout:
                break;
            case DueKind.Delay:
                json.WriteString("task", due.Slot.Task);
                json.WriteNumber("visit", due.Slot.Visit);
                break;
            default:
                RunJson.WriteSlot(json, due.Slot);
                break;
        }

        json.WriteEndObject();
    }

    private static string What(DueTime due) => due.Kind switch
    {
        DueKind.RunTimeout => "end of the run's time",
        DueKind.Delay => $"beginning of {due.Slot.Task}/{due.Slot.Visit} after its delay",
        _ => $"retry {due.Slot}",
    };
}
