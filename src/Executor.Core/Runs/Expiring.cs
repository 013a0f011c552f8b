using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>
/// What was due happens, the earliest first: delays, retries, deadlines of attempts, the end of the run's time.
/// </summary>
internal static class Expiring
{
    public static Decision TimeUp(RunState run, RunCommand.TimeUp timeUp, KnownActions? actions)
    {
        if (run.NextDue is not { } next || next > timeUp.At)
        {
            return Decision.Nothing;
        }

        var draft = new Draft(run, timeUp.At, actions);
        CatchUp(draft);
        return draft.Complete();
    }

    public static void CatchUp(Draft draft)
    {
        while (draft.Run.NextDue <= draft.At)
        {
            Expire(draft, draft.Run.Dues.Min);
            draft.Follow();
            // What has nothing left is over before its own time is up.
            Ending.RunIfDone(draft);
        }
    }

    private static void Expire(Draft draft, DueTime due)
    {
        switch (due.Kind)
        {
            case DueKind.RunTimeout:
                Controlling.TimeOut(draft);
                break;
            case DueKind.AttemptDeadline:
                EndLate(draft, draft.Run.InFlight[due.Slot].Dispatched);
                break;
            case DueKind.Retry:
                Dispatching.Decide(draft, due.Slot);
                break;
            case DueKind.Delay:
                draft.Add(new RunEvent.DelayEnded(due.Slot.Task, due.Slot.Visit));
                Items.Fill(draft, draft.Run.Visit(due.Slot.Task, due.Slot.Visit)!.Ordinal);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(due), due, "No rule for this kind.");
        }
    }

    private static void EndLate(Draft draft, RunEvent.Dispatched late)
    {
        if (late.IsQuestion)
        {
            Asking.Expire(draft, late);
        }
        else
        {
            Finishing.Attempt(draft, late.Slot, TooLong(late.Timeout), byRun: true);
        }
    }

    private static ItemOutcome TooLong(TimeSpan timeout) => ItemOutcome.Untold(
        SlotStatus.Timeout, $"Execution timed out after {timeout.TotalSeconds:0.###} seconds", RunCodes.TaskTimeout);
}
