using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Host.Api.Shapes;

/// <summary>One attempt of a task, as its row tells it.</summary>
/// <param name="Item">From 0; null for a task without items.</param>
internal sealed record ItemBody(
    int Visit, int? Item, int Attempt, string DispatchId, string Status, string Action, string? Worker,
    DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Error)
{
    public static ItemBody Of(ExecutionRow row) => new(
        row.Slot.Visit, row.Slot.Item == Slot.NoItem ? null : row.Slot.Item, row.Slot.Attempt, row.Id.Text,
        StatusWords.Of(row.Status), row.Action, row.Worker, row.CreatedAt, row.EndedAt, row.Error);
}

/// <param name="Next">For the next page as <c>?after=</c>; null when this is the last.</param>
internal sealed record ItemPage(IReadOnlyList<ItemBody> Items, string? Next);

/// <param name="Events">As they stand in the journal, each as an object with its kind as the only member.</param>
internal sealed record EntryBody(
    long Sequence, DateTimeOffset At, string Node, string Incarnation, System.Text.Json.JsonElement Events);

/// <param name="Next">For the next page as <c>?after=</c>; null when this is the last for now.</param>
internal sealed record HistoryPage(IReadOnlyList<EntryBody> Entries, long? Next);
