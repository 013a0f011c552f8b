using System.Text.Json.Serialization;

namespace Executor.Core.Runs;

/// <summary>What people see of one visit.</summary>
/// <param name="Status">Scheduled during the delay, Running, or an end.</param>
/// <param name="Items">Null for a task without items.</param>
/// <param name="Attempts">Dispatches over all items.</param>
/// <param name="IsKept">What the origin of a rerun did of it stands, be it in part; not of one whose work begins from its start.</param>
public sealed record VisitView(
    string Task, int Visit, SlotStatus Status, ItemCounts? Items, int Attempts, DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt, string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsKept = false)
{
    public static VisitView Of(TaskVisit visit) => new(
        visit.Task.Name, visit.Number, visit.Status, visit.HasItems ? visit.Counts : null, visit.Attempts,
        visit.OpenedAt!.Value, visit.EndedAt, visit.Error, visit.IsKept);
}
