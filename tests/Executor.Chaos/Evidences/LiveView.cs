using System.Text.Json;
using Executor.Core.Runs;

namespace Executor.Chaos.Evidences;

/// <summary>What the API told of a run at one moment, in lines that can be compared.</summary>
/// <param name="Sequence">Of the journal entry that it shows.</param>
internal sealed record LiveView(RunId Run, long Sequence, IReadOnlyList<string> Lines)
{
    public static LiveView Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new LiveView(
            new RunId(root.GetProperty("run_id").GetString()!),
            root.GetProperty("sequence").GetInt64(),
            [
                $"status {root.GetProperty("status").GetString()}",
                $"dispatches {root.GetProperty("dispatches").GetInt32()}",
                .. new[] { "current_tasks", "completed_tasks", "failed_tasks", "skipped_tasks", "waiting_joins" }
                    .Select(list => $"{list} {Names(root.GetProperty(list))}"),
                .. root.GetProperty("tasks").EnumerateArray().Select(Visit),
                $"output {root.GetProperty("output").GetRawText()}",
            ]);
    }

    public static LiveView Of(RunState run)
    {
        var view = RunView.Of(run);
        return new LiveView(
            run.Id,
            run.Entries,
            [
                $"status {StatusWords.Of(view.Status)}",
                $"dispatches {view.Dispatches}",
                $"current_tasks {string.Join(',', view.CurrentTasks)}",
                $"completed_tasks {string.Join(',', view.CompletedTasks)}",
                $"failed_tasks {string.Join(',', view.FailedTasks)}",
                $"skipped_tasks {string.Join(',', view.SkippedTasks)}",
                $"waiting_joins {string.Join(',', view.WaitingJoins)}",
                .. view.Visits.Select(visit => $"visit {visit.Task}/{visit.Visit} {StatusWords.Of(visit.Status)} {visit.Attempts}"),
                $"output {(run.HasEnded ? run.Output.ToString() : "null")}",
            ]);
    }

    private static string Names(JsonElement list) => string.Join(',', list.EnumerateArray().Select(name => name.GetString()));

    private static string Visit(JsonElement visit) =>
        $"visit {visit.GetProperty("task").GetString()}/{visit.GetProperty("visit").GetInt32()} "
        + $"{visit.GetProperty("status").GetString()} {visit.GetProperty("attempts").GetInt32()}";
}
