using Executor.Core.Expressions;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>What a run does about a command: pure, and the same for the same state and command.</summary>
public static class RunDecider
{
    /// <param name="actions">
    /// Defaults and schemas for the visits that open, and the workflows that they call; what they lead to is in the
    /// events. Null knows none.
    /// </param>
    /// <param name="atHand">Contents of results that the run refers to; null has none.</param>
    /// <returns>
    /// With <see cref="Decision.Asks"/> or <see cref="Decision.Needs"/>: nothing is decided before these names have been
    /// looked up, or these contents fetched.
    /// </returns>
    public static Decision Decide(
        RunState run, RunCommand command, KnownActions? actions = null, StoredContents? atHand = null)
    {
        try
        {
            return Choose(atHand is null ? run : run with { AtHand = atHand }, command, actions);
        }
        catch (ContentMissingException missing)
        {
            return Decision.Nothing with { Needs = missing.Results };
        }
    }

    private static Decision Choose(RunState run, RunCommand command, KnownActions? actions) => command switch
    {
        RunCommand.Start start => Starting.Start(run, start, actions),
        RunCommand.FinishItem finish => Finishing.Finish(run, finish, actions),
        RunCommand.GiveUp giveUp => GivingUp.Decide(run, giveUp),
        RunCommand.HearParent hear => Calling.ParentTold(run, hear),
        _ when !run.HasStarted => Decision.Refused(RunCodes.RunUnknown, $"Run {run.Id} has never started."),
        RunCommand.TimeUp timeUp => Expiring.TimeUp(run, timeUp, actions),
        RunCommand.Answer answer => Asking.Answer(run, answer, actions),
        RunCommand.Cancel cancel => Controlling.Cancel(run, cancel),
        RunCommand.Pause pause => Pausing.Pause(run, pause),
        RunCommand.Resume resume => Pausing.Resume(run, resume, actions),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No rule for this command."),
    };
}
