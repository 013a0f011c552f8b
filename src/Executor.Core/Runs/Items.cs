using Executor.Core.Expressions;

namespace Executor.Core.Runs;

/// <summary>The window over the items of a visit: it is full while items wait, and refilled in index order.</summary>
/// <remarks>
/// A visit without items goes the same way with a single one, a parallel task with the tasks inside as its items.
/// </remarks>
internal static class Items
{
    public static void Fill(Draft draft, int ordinal)
    {
        var visit = draft.Run.Visits[ordinal]!;
        while (!draft.IsAsking
               && visit.Status == SlotStatus.Running
               && visit.Next < visit.Planned
               && visit.InUse < visit.Plan!.Concurrency)
        {
            var place = visit.Again?[visit.Next] ?? visit.Next;
            if (visit.Task.IsParallel)
            {
                Inside.Enter(draft, visit, place);
            }
            else
            {
                Dispatch(draft, visit, place);
            }

            visit = draft.Run.Visits[ordinal]!;
        }

        Ending.VisitIfDone(draft, visit);
    }

    private static void Dispatch(Draft draft, TaskVisit visit, int place)
    {
        try
        {
            Dispatching.Decide(draft, visit.SlotOf(place, (visit.Items[place]?.Attempt ?? 0) + 1));
        }
        catch (ContentMissingException)
        {
            var free = Math.Min(visit.Plan!.Concurrency - visit.InUse, visit.Planned - visit.Next);
            VisitTemplates.Of(draft.Run, visit).Require(
                visit.Plan, Enumerable.Range(visit.Next, free).Select(next => visit.Again?[next] ?? next));
            throw;
        }
    }

    /// <summary>No further item starts; those that were held back have not started either.</summary>
    public static void FailFast(Draft draft, TaskVisit visit)
    {
        if (visit.Task.WithItems is not { FailFast: true })
        {
            return;
        }

        foreach (var slot in draft.Run.Held)
        {
            if (slot.Task == visit.Task.Name && slot.Visit == visit.Number && slot.Attempt == 1)
            {
                draft.Add(new RunEvent.ItemDropped(slot, SlotStatus.Skipped, draft.At));
            }
        }

        DropRest(draft, visit, SlotStatus.Skipped);
    }

    public static void DropRest(Draft draft, TaskVisit visit, SlotStatus status)
    {
        if (visit.Next < visit.Planned)
        {
            draft.Add(new RunEvent.ItemsDropped(visit.Task.Name, visit.Number, status));
        }
    }
}
