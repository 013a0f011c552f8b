using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>
/// The end of an attempt, whatever its cause: another attempt, the next item, or the end of the visit. Of a paused run
/// only the attempt ends.
/// </summary>
internal static class Finishing
{
    public static Decision Finish(RunState run, RunCommand.FinishItem finish, KnownActions? actions)
    {
        if (!run.IsAwaited(finish.Slot))
        {
            return NotAwaited(run, finish.Slot);
        }

        if (!IsEnd(finish.Outcome.Status))
        {
            return Decision.Nothing;
        }

        var draft = new Draft(run, finish.At, actions);
        var outcome = finish.Outcome.Code == RunCodes.TaskUnschedulable
            ? ItemOutcome.Unschedulable(run.InFlight[finish.Slot].Dispatched, finish.At)
            : run.HasTimedOut ? finish.Outcome.OfTimedOutRun()
            : finish.Outcome;
        Attempt(draft, finish.Slot, outcome, byRun: false, finish.EndedAt);
        return draft.Complete();
    }

    /// <summary>
    /// Nothing where the attempt has ended before, but for the news that an overdue one need not be withdrawn again: it
    /// is stored before the answer, because with the answer its guard row is closed, and nobody tells of it any more.
    /// A slot that has not ended was dispatched by another incarnation.
    /// </summary>
    public static Decision NotAwaited(RunState run, Slot slot)
    {
        if (run.Overdue.Contains(slot))
        {
            return Decision.Of([new RunEvent.OverdueEnded(slot)]);
        }

        var stale = $"{slot} was never dispatched by this state of run {run.Id}.";
        return run.EndOf(slot) is not null ? Decision.Nothing : Decision.Refused(RunCodes.SlotUnknown, stale);
    }

    public static void Attempt(
        Draft draft, Slot slot, ItemOutcome outcome, bool byRun, DateTimeOffset? endedAt = null)
    {
        outcome = ErrorText.In(outcome);
        var visit = draft.Run.Visit(slot.Task, slot.Visit)!;
        var again = Retrying.After(draft, visit, slot, outcome);
        draft.Add(new RunEvent.ItemFinished(slot, outcome, again is null, byRun, endedAt ?? draft.At));
        if (again is not null)
        {
            Retrying.Schedule(draft, slot, again);
        }
        else if (outcome.Status != SlotStatus.Completed)
        {
            Items.FailFast(draft, draft.Run.Visits[visit.Ordinal]!);
        }

        if (!draft.Run.HoldsBack)
        {
            Dispatching.Drain(draft);
            Items.Fill(draft, visit.Ordinal);
        }
    }

    private static bool IsEnd(SlotStatus status) => status is SlotStatus.Completed or SlotStatus.Failed
        or SlotStatus.Timeout or SlotStatus.Cancelled or SlotStatus.Abandoned;
}
