namespace Executor.Core.Runs;

/// <summary>What a run does about a command: pure, and the same for the same state and command.</summary>
public static class RunDecider
{
    public static Decision Decide(RunState run, RunCommand command) => command switch
    {
        RunCommand.Start start => Starting.Start(run, start),
        RunCommand.FinishItem finish => Finishing.Finish(run, finish),
        _ when !run.HasStarted => Decision.Refused(RunCodes.RunUnknown, $"Run {run.Id} has never started."),
        RunCommand.TimeUp timeUp => Expiring.TimeUp(run, timeUp),
        RunCommand.Cancel cancel => Controlling.Cancel(run, cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No rule for this command."),
    };
}
