using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Reference;

/// <summary>Ends visits, with what their items came to.</summary>
internal static class VisitEnd
{
    public static void CloseIfDone(Course course, Visit visit)
    {
        if (visit.HasEnded || visit.Items.Exists(item => item.Stage != ItemStage.Ended))
        {
            return;
        }

        if (visit.HasItems)
        {
            var status = StatusOf(course, visit.Items);
            var error = status is SlotStatus.Failed or SlotStatus.Timeout ? "Not all items succeeded." : null;
            Close(course, visit, status, visit.Task.IsParallel ? ByName(visit) : Value.Of(visit.Items.Select(Seen)), error);
        }
        else
        {
            var only = visit.Items[0];
            Close(course, visit, only.Status, Seen(only), only.Error);
        }
    }

    public static void Close(Course course, Visit visit, SlotStatus status, Value result, string? error)
    {
        visit.HasEnded = true;
        visit.Status = status;
        visit.Outcome = new Outcome(status, result, error, visit is { HasItems: true, IsPrepared: true, Task.IsParallel: false } ? States(visit) : null);
        course.Results = course.Results.With(visit.Task.Name, result);
        course.ToFollow.Enqueue(visit);
    }

    private static Value.Map ByName(Visit visit) =>
        Value.Map.From(visit.Items.Select(item => KeyValuePair.Create(visit.Task.Inside[item.Index], item.Result)));

    private static Value Seen(Item item) => ResultView.Of(item.Result);

    private static SlotStatus StatusOf(Course course, List<Item> items)
    {
        if (course.IsCancelled || course.IsTimedOut)
        {
            return SlotStatus.Cancelled;
        }

        return items.Exists(item => item.EndedBadly && item.Status != SlotStatus.Timeout) ? SlotStatus.Failed
            : items.Exists(item => item.Status == SlotStatus.Timeout) ? SlotStatus.Timeout
            : course.IsFailing && items.Exists(item => item.Status == SlotStatus.Skipped) ? SlotStatus.Skipped
            : SlotStatus.Completed;
    }

    private static ItemStates States(Visit visit) => new(
        visit.Items.Aggregate(SparseVector<ItemState>.Empty, (states, item) => states.With(
            item.Index,
            new ItemState(IsOpen: false, item.Status, item.Attempt, Losses: 0, Seen(item), item.Error, Code: null))),
        visit.Items.Count,
        visit.Status);
}
