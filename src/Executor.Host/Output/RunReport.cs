using System.Globalization;
using System.Text;
using System.Text.Json;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Host.Output;

/// <summary>A run as its journal tells it, for people and for programs.</summary>
internal sealed record RunReport(RunState Run, DispatchCounts Dispatches)
{
    private readonly RunView _view = RunView.Of(Run);

    /// <summary>Of which only visits, problems and what they wait for are told; null for all.</summary>
    public string? Task { get; init; }

    private IEnumerable<VisitView> Visits => _view.Visits.Where(visit => Task is null || visit.Task == Task);

    private Waits Waits => new(Run, Task);

    private IEnumerable<RunProblem> Problems => Run.Problems.Where(problem => Task is null || problem.Task == Task);

    /// <summary>As the run stood after one entry of its journal, with its own count of dispatches.</summary>
    /// <param name="entries">From the first on, up to that one.</param>
    /// <returns>Null when there is no such entry, or the run had not started by then.</returns>
    public static RunReport? AsOf(RunId id, IReadOnlyList<IReadOnlyList<RunEvent>> entries, long entry)
    {
        if (entry < 1 || entries.Count != entry)
        {
            return null;
        }

        var run = entries.Aggregate(RunState.Initial(id), (state, events) => state.Evolve(events));
        return run.HasStarted ? new RunReport(run, DispatchCounts.Of(RunView.Of(run).Visits)) : null;
    }

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("run_id", Run.Id.Text);
        json.WriteString("workflow", Run.Workflow!.Ref);
        json.WriteString("status", StatusWords.Of(Run.Status));
        json.WriteString("pause_reason", Run.PauseReason);
        json.WriteString("cancel_reason", Run.CancelReason);
        RunJson.WriteValue(json, "variables", Run.Variables);
        RunJson.WriteValue(json, "output", Run.Output);
        RunJson.WriteProblems(json, Problems);
        json.WriteStartArray("tasks");
        foreach (var visit in Visits)
        {
            WriteVisit(json, visit, Dispatches[visit.Task, visit.Visit]);
        }

        json.WriteEndArray();
        Waits.WriteJson(json);
        RunJson.WriteCaller(json, Run.Parent?.Run, Run.Parent?.Slot ?? default);
        json.WriteString("origin", Run.Origin?.Text);
        json.WriteString("started_at", RunJson.Time(Run.StartedAt));
        json.WriteString("ended_at", RunJson.Time(Run.EndedAt));
        json.WriteEndObject();
    }

    public string ForPeople()
    {
        var text = new StringBuilder();
        var visits = new Columns("task", "visit", "status", "items", "dispatches", "attempts");
        foreach (var visit in Visits)
        {
            visits.Add(
                visit.Task, Number(visit.Visit), Status(visit),
                visit.Items is { } counts ? $"{counts.Succeeded}/{counts.Total}" : "",
                Number(Dispatches[visit.Task, visit.Visit]), Number(visit.Attempts));
        }

        text.Append(visits).Append('\n');
        foreach (var line in Handled().Concat(Problems.SelectMany(ProblemLines.Of)).Concat(Waits.Lines()))
        {
            text.Append(line).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"run: {Run.Id} ({SafeText.OneLine(Run.Workflow!.Ref)})\n");
        if (Run.Parent is { } parent)
        {
            text.Append(CultureInfo.InvariantCulture, $"called by: {parent.Run} at {parent.Slot}\n");
        }

        if (Run.Origin is { } origin)
        {
            text.Append(CultureInfo.InvariantCulture, $"rerun of: {origin}\n");
        }

        foreach (var (word, told) in About(Run.Workflow))
        {
            text.Append(CultureInfo.InvariantCulture, $"{word}: {SafeText.OneLine(told)}\n");
        }

        var reason = (Run.PauseReason ?? Run.CancelReason) is { } said ? $" ({SafeText.OneLine(said)})" : "";
        text.Append(CultureInfo.InvariantCulture, $"status: {StatusWords.Of(Run.Status)}{reason}\n");
        if (Run.EndedAt is { } ended)
        {
            text.Append(CultureInfo.InvariantCulture, $"took: {Elapsed.Text(ended - Run.StartedAt)}\n");
        }

        if (Run.Variables.Count > 0)
        {
            text.Append("variables: ").Append(SafeText.OneLine(Run.Variables.ToString())).Append('\n');
        }

        return text.Append("output: ").Append(SafeText.OneLine(Run.Output.ToString())).Append('\n').ToString();
    }

    /// <summary>What the workflow's author tells people about it.</summary>
    private static IEnumerable<(string Word, string Told)> About(WorkflowSpec workflow)
    {
        (string, string?)[] told =
        [
            ("label", workflow.Label), ("version", workflow.Version), ("description", workflow.Description),
            ("tags", workflow.Tags.IsEmpty ? null : string.Join(", ", workflow.Tags)),
        ];
        return told.Where(one => one.Item2 is not null).Select(one => (one.Item1, one.Item2!));
    }

    private static void WriteVisit(Utf8JsonWriter json, VisitView visit, int dispatches)
    {
        json.WriteStartObject();
        json.WriteString("task", visit.Task);
        json.WriteNumber("visit", visit.Visit);
        json.WriteString("status", StatusWords.Of(visit.Status));
        if (visit.Items is { } counts)
        {
            json.WriteStartObject("items");
            json.WriteNumber("total", counts.Total);
            json.WriteNumber("succeeded", counts.Succeeded);
            json.WriteNumber("failed", counts.Failed);
            json.WriteNumber("timed_out", counts.TimedOut);
            json.WriteNumber("cancelled", counts.Cancelled);
            json.WriteNumber("abandoned", counts.Abandoned);
            json.WriteNumber("skipped", counts.Skipped);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("items");
        }

        json.WriteNumber("dispatches", dispatches);
        json.WriteNumber("attempts", visit.Attempts);
        json.WriteBoolean("is_kept", visit.IsKept);
        json.WriteString("error", visit.Error);
        json.WriteEndObject();
    }

    /// <summary>Errors that are no problems of the run, because a transition has led on from them.</summary>
    private IEnumerable<string> Handled()
    {
        var told = Run.Problems.Select(problem => problem.Task).ToHashSet(StringComparer.Ordinal);
        return Visits.Where(visit => visit.Error is not null && !told.Contains(visit.Task))
            .Select(visit => $"{visit.Task} {StatusWords.Of(visit.Status)}: {SafeText.OneLine(visit.Error!)}");
    }

    private static string Status(VisitView visit) =>
        StatusWords.Of(visit.Status) + (visit.IsKept ? " (kept)" : "");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
