using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Host.Api.Shapes;

/// <summary>A run in a list, as its row tells it; the run itself may be a moment ahead.</summary>
/// <param name="Parent">Null when no run has called it.</param>
/// <param name="Origin">The run that it repeats; null when it is no rerun.</param>
internal sealed record RunLine(
    string RunId, string Workflow, string Status, IReadOnlyList<string> CurrentTasks,
    IReadOnlyList<string> CompletedTasks, IReadOnlyList<string> FailedTasks, IReadOnlyList<string> SkippedTasks,
    string? Error, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, CallerBody? Parent, string? Origin)
{
    public static RunLine Of(RunRow row) => new(
        row.Id.Text, row.Workflow, StatusWords.Of(row.Status), row.CurrentTasks, row.CompletedTasks,
        row.FailedTasks, row.SkippedTasks, row.Error, row.StartedAt, row.EndedAt, CallerBody.Of(row.Parent),
        row.Origin?.Text);
}

/// <param name="Next">For the next page as <c>?before=</c>; null when this is the last.</param>
internal sealed record RunPage(IReadOnlyList<RunLine> Runs, string? Next);

/// <param name="RunId">The same for the same Idempotency-Key.</param>
internal sealed record StartedBody(string RunId, string Workflow, string DefinitionHash);
