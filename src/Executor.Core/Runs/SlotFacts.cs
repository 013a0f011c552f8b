using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>How attempts begin and end.</summary>
internal static class SlotFacts
{
    public static RunState Held(RunState run, RunEvent.Held held)
    {
        var slot = held.Slot;
        var (visit, item) = Started(run, slot);
        return WithItem(WithoutRetry(run, slot), visit, slot, item) with { Held = run.Held.Add(slot) };
    }

    public static RunState Dispatched(RunState run, RunEvent.Dispatched dispatched)
    {
        var slot = dispatched.Slot;
        var (visit, item) = Started(run, slot);
        visit = visit with { Attempts = visit.Attempts + 1 };
        run = WithItem(WithoutRetry(run, slot), visit, slot, item with { Attempt = slot.Attempt });
        return run with
        {
            Held = run.Held.Remove(slot),
            InFlight = run.InFlight.Add(slot, new OpenSlot(dispatched, run.Entries + 1, run.DispatchCount)),
            DispatchCount = run.DispatchCount + 1,
            Dues = dispatched.IsBound ? run.Dues.Add(Deadline(dispatched)) : run.Dues,
        };
    }

    public static RunState Finished(RunState run, RunEvent.ItemFinished finished)
    {
        var (slot, outcome) = (finished.Slot, finished.Outcome);
        var visit = run.Visit(slot.Task, slot.Visit)!;
        var item = visit.Items[TaskVisit.Place(slot)]!;
        item = item with
        {
            Ends = AttemptEnds.After(item.Ends, outcome.Status),
            IsOpen = !finished.Last,
            Status = outcome.Status,
            Result = ResultView.Of(outcome.Result),
            Error = outcome.Error,
            Code = outcome.Code,
        };
        run = WithItem(run, finished.Last ? EndOne(visit, outcome.Status) : visit, slot, item);
        return (finished.Last ? PauseFacts.Ended(run, slot) : run) with
        {
            InFlight = run.InFlight.Remove(slot),
            Dues = run.Dues.Remove(Deadline(run.InFlight[slot].Dispatched)),
            Suspended = run.Suspended.Remove(Deadline(run.InFlight[slot].Dispatched)),
            Overdue = finished.ByRun ? run.Overdue.Add(slot) : run.Overdue,
        };
    }

    public static RunState RetryScheduled(RunState run, RunEvent.RetryScheduled retry)
    {
        var slot = retry.Slot;
        var visit = run.Visit(slot.Task, slot.Visit)!;
        var item = visit.Items[TaskVisit.Place(slot)]!;
        run = retry.WorkerLost ? WithItem(run, visit, slot, item with { Losses = item.Losses + 1 }) : run;
        return PauseFacts.WithDue(run, Retry(slot, retry.Due)) with { Retries = run.Retries.Add(slot, retry.Due) };
    }

    public static RunState Dropped(RunState run, RunEvent.ItemDropped dropped)
    {
        var slot = dropped.Slot;
        var visit = run.Visit(slot.Task, slot.Visit)!;
        var item = visit.Items[TaskVisit.Place(slot)]!;
        item = item.Status == dropped.Status
            ? item with { IsOpen = false }
            : new ItemState(false, dropped.Status, item.Attempt, item.Losses, Value.Null, null, null, item.Ends);
        run = WithItem(WithoutRetry(run, slot), EndOne(visit, dropped.Status), slot, item);
        return run with { Held = run.Held.Remove(slot) };
    }

    /// <summary>A first attempt takes a place of its visit's window; a later one has kept it.</summary>
    private static (TaskVisit Visit, ItemState Item) Started(RunState run, Slot slot)
    {
        var visit = run.Visit(slot.Task, slot.Visit)!;
        var item = visit.Items[TaskVisit.Place(slot)];
        return item is { IsOpen: true }
            ? (visit, item)
            : (visit with { Next = visit.Next + 1, InUse = visit.InUse + 1 },
                item is null ? ItemState.Fresh : item with { IsOpen = true });
    }

    private static TaskVisit EndOne(TaskVisit visit, SlotStatus status) =>
        visit with { InUse = visit.InUse - 1, Counts = visit.Counts.Plus(status, 1) };

    private static RunState WithItem(RunState run, TaskVisit visit, Slot slot, ItemState item) =>
        VisitFacts.Put(run, visit with { Items = visit.Items.With(TaskVisit.Place(slot), item) });

    private static RunState WithoutRetry(RunState run, Slot slot) => run.Retries.TryGetValue(slot, out var due)
        ? run with { Retries = run.Retries.Remove(slot), Dues = run.Dues.Remove(Retry(slot, due)) }
        : run;

    private static DueTime Deadline(RunEvent.Dispatched dispatched) =>
        new(dispatched.Due, DueKind.AttemptDeadline, dispatched.Slot);

    private static DueTime Retry(Slot slot, DateTimeOffset due) => new(due, DueKind.Retry, slot);
}
