using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>The end of a run that has decided something which no journal takes.</summary>
internal static class GivingUp
{
    public static Decision Decide(RunState run, RunCommand.GiveUp giveUp)
    {
        var message = ErrorText.Of($"What was decided cannot be stored: {giveUp.Reason}");
        if (!run.HasStarted)
        {
            return Decision.Refused(RunCodes.Unwritable, message);
        }

        if (giveUp.Slot is { } ended && !run.IsAwaited(ended))
        {
            return Finishing.NotAwaited(run, ended);
        }

        if (run.HasEnded || (giveUp.Slot is null && IsGivenUp(run)))
        {
            return Decision.Nothing;
        }

        var draft = new Draft(run, giveUp.At);
        draft.AddProblem(RunCodes.Unwritable, message, giveUp.Slot?.Task, giveUp.Slot?.Visit ?? 0);
        if (!run.IsStopping)
        {
            Controlling.Fail(draft);
        }

        if (giveUp.Slot is { } slot && draft.Run.IsAwaited(slot))
        {
            var outcome = new ItemOutcome(SlotStatus.Failed, Value.Null, message, RunCodes.Unwritable);
            Finishing.Attempt(draft, slot, outcome, byRun: false);
        }

        return draft.Complete();
    }

    public static bool IsGivenUp(RunState run) => run.Problems.Exists(problem => problem.Code == RunCodes.Unwritable);
}
