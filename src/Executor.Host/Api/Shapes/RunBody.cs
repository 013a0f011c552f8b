using System.Text.Json;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Host.Output;
using RunReport = Executor.Actors.Runs.RunReport;

namespace Executor.Host.Api.Shapes;

/// <summary>A run as it is now.</summary>
/// <param name="Sequence">Of the last journal entry.</param>
/// <param name="Tasks">Visits in the order in which they began; the latest where there are very many.</param>
/// <param name="Output">Null before the end.</param>
/// <param name="Parent">Null when no run has called it.</param>
/// <param name="Origin">The run that it repeats; null when it is no rerun.</param>
/// <param name="Children">Runs that it has called, newest first, at most 200; all are at <c>runs?parent=</c>.</param>
internal sealed record RunBody(
    string RunId, string Workflow, string DefinitionHash, string Status, long Sequence,
    IReadOnlyList<string> CurrentTasks, IReadOnlyList<string> CompletedTasks, IReadOnlyList<string> FailedTasks,
    IReadOnlyList<string> SkippedTasks, IReadOnlyList<string> WaitingJoins, IReadOnlyList<VisitBody> Tasks,
    int TasksLeftOut, int Dispatches, JsonElement? Output, IReadOnlyList<ProblemBody> Problems, string? Error,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, CallerBody? Parent, string? Origin,
    IReadOnlyList<CalledBody> Children)
{
    /// <param name="output">Null before the end.</param>
    /// <param name="dispatches">Null where nobody has asked.</param>
    public static RunBody Of(
        RunReport report, Value? output, DispatchCounts? dispatches, IReadOnlyList<CalledBody> children)
    {
        var view = report.View;
        return new RunBody(
            view.Id.Text, report.Workflow, report.DefinitionHash, StatusWords.Of(view.Status), report.Sequence,
            view.CurrentTasks, view.CompletedTasks, view.FailedTasks, view.SkippedTasks, view.WaitingJoins,
            [.. view.Visits.Select(visit => VisitBody.Of(visit, dispatches))], report.VisitsLeftOut, view.Dispatches,
            output is null ? null : Json.Of(output), [.. view.Problems.Select(ProblemBody.Of)], view.Error,
            view.StartedAt, view.EndedAt, CallerBody.Of(report.Parent), report.Origin?.Text, children);
    }
}

/// <param name="Items">Null for a task without items.</param>
/// <param name="Attempts">Dispatches over all items, as the run tells it.</param>
/// <param name="IsKept">What the origin of a rerun did of it stands, be it in part.</param>
/// <param name="Dispatches">The same as the dispatch guard tells it; null where nobody has asked.</param>
internal sealed record VisitBody(
    string Task, int Visit, string Status, ItemCounts? Items, int Attempts, int? Dispatches, string? Error,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, bool IsKept)
{
    public static VisitBody Of(VisitView visit, DispatchCounts? dispatches) => new(
        visit.Task, visit.Visit, StatusWords.Of(visit.Status), visit.Items, visit.Attempts,
        dispatches?[visit.Task, visit.Visit], visit.Error, visit.StartedAt, visit.EndedAt,
        visit.IsKept);
}

internal sealed record ProblemBody(string Severity, string Code, string Message, string? Task)
{
    public static ProblemBody Of(RunProblem problem) =>
        new(problem.IsWarning ? "warning" : "error", problem.Code, problem.Message, problem.Task);
}
