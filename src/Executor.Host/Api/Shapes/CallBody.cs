using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Host.Api.Shapes;

/// <summary>The slot of a run that awaits another run.</summary>
/// <param name="Item">From 0; null for a task without items.</param>
internal sealed record CallerBody(string RunId, string Task, int Visit, int? Item, int Attempt)
{
    public static CallerBody? Of(RunCaller? caller) => caller is null ? null : Of(caller.Run, caller.Slot);

    public static CallerBody? Of(RunParent? parent) => parent is null ? null : Of(parent.Run, parent.Slot);

    private static CallerBody Of(RunId run, Slot slot) =>
        new(run.Text, slot.Task, slot.Visit, slot.Item == Slot.NoItem ? null : slot.Item, slot.Attempt);
}

/// <summary>A run that this one has called, as its row tells it.</summary>
/// <param name="Item">From 0; null for a task without items.</param>
internal sealed record CalledBody(
    string RunId, string Task, int Visit, int? Item, int Attempt, string Workflow, string Status, string? Error,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    public static CalledBody Of(RunRow row)
    {
        var by = CallerBody.Of(row.Parent)!;
        return new CalledBody(
            row.Id.Text, by.Task, by.Visit, by.Item, by.Attempt, row.Workflow, StatusWords.Of(row.Status), row.Error,
            row.StartedAt, row.EndedAt);
    }
}
