using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>The end of a run that has decided something which no journal takes.</summary>
internal static class GivingUp
{
    private const int LongestReason = 500;

    public static Decision Decide(RunState run, RunCommand.GiveUp giveUp)
    {
        var reason = giveUp.Reason.Length > LongestReason ? giveUp.Reason[..LongestReason] : giveUp.Reason;
        var message = $"What was decided cannot be stored: {reason}";
        if (!run.HasStarted)
        {
            return Decision.Refused(RunCodes.Unwritable, message);
        }

        if (run.HasEnded)
        {
            return Decision.Nothing;
        }

        var draft = new Draft(run, giveUp.At);
        draft.AddProblem(RunCodes.Unwritable, message, giveUp.Slot?.Task, giveUp.Slot?.Visit ?? 0);
        if (!run.IsStopping)
        {
            Controlling.Fail(draft);
        }

        if (giveUp.Slot is { } slot && run.IsAwaited(slot))
        {
            var outcome = new ItemOutcome(SlotStatus.Failed, Value.Null, message, RunCodes.Unwritable);
            Finishing.Attempt(draft, slot, outcome, byRun: false);
        }

        return draft.Complete();
    }
}
