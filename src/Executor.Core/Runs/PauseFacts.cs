using System.Collections.Immutable;

namespace Executor.Core.Runs;

/// <summary>What a pause sets aside, and gives back.</summary>
internal static class PauseFacts
{
    public static RunState Requested(RunState run, RunEvent.PauseRequested requested)
    {
        var heard = run with { CallerTurn = Math.Max(run.CallerTurn, requested.CallerTurn) };
        if (run.IsPaused)
        {
            return heard;
        }

        var armed = run.IsFailing
            ? run.Dues
            : run.Dues.Where(due => due.Kind == DueKind.AttemptDeadline && !IsOfQuestion(run, due.Slot)).ToImmutableSortedSet();
        return heard with
        {
            Status = RunStatus.Pausing,
            PauseReason = requested.Reason,
            Turn = run.Turn + 1,
            Suspended = run.Dues.Except(armed),
            Dues = armed,
        };
    }

    public static RunState Resumed(RunState run, RunEvent.RunResumed resumed)
    {
        var heard = run with { CallerTurn = Math.Max(run.CallerTurn, resumed.CallerTurn) };
        return run.IsPaused
            ? Released(heard) with { Status = RunStatus.Running, PauseReason = null, Turn = run.Turn + 1 }
            : heard;
    }

    /// <summary>Nothing is held back any more; of a run that is not paused, nothing was.</summary>
    public static RunState Released(RunState run) => run.IsPaused
        ? run with { Dues = run.Dues.Union(run.Suspended), Suspended = [], Unfollowed = SlotLine.Empty }
        : run;

    /// <summary>An item has ended, and what follows waits.</summary>
    public static RunState Ended(RunState run, Slot slot)
    {
        if (!run.HoldsBack)
        {
            return run;
        }

        var visit = new Slot(slot.Task, slot.Visit, Slot.NoItem, 1);
        return run with { Unfollowed = run.Unfollowed.Remove(visit).Add(visit) };
    }

    /// <summary>No worker can die with it, and a person may still answer when the run goes on.</summary>
    private static bool IsOfQuestion(RunState run, Slot slot) =>
        run.InFlight.TryGetValue(slot, out var open) && open.Dispatched.IsQuestion;

    public static RunState WithDue(RunState run, DueTime due) => run.HoldsBack
        ? run with { Suspended = run.Suspended.Add(due) }
        : run with { Dues = run.Dues.Add(due) };
}
