using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>
/// While a run is paused it writes down what ends, and starts nothing: no visit, item, retry or call, and no visit ends.
/// Resumed, it goes on with all that has ended, in the order in which it did, and with what was due meanwhile.
/// </summary>
/// <remarks>
/// Only the deadlines of attempts that are out act on a paused run, so that a dead worker cannot keep it from coming to
/// rest. A run that is failing starts nothing anyway and is not held back. To the runs that it has called a pause goes
/// down as a stop does, with the call; but unlike a stop it is taken back. So each change of mind has a number, odd for a
/// pause, and a called run hears only numbers above the last: what comes late, or twice, changes nothing. Whoever pauses
/// or resumes a called run by itself has the last word until its caller changes its mind.
/// <para>
/// What changes nothing is written down all the same: a state that is stale may not know that the run was paused, or
/// resumed, elsewhere, and only an entry that the journal refuses tells it.
/// </para>
/// </remarks>
internal static class Pausing
{
    public static Decision Pause(RunState run, RunCommand.Pause pause) => run switch
    {
        { HasEnded: true } => Controlling.HasEnded(run),
        { IsStopping: true } => Stops(run),
        _ => Rest(run, new RunEvent.PauseRequested(pause.Reason, pause.At)),
    };

    public static Decision Resume(RunState run, RunCommand.Resume resume, KnownActions? actions) => run switch
    {
        { HasEnded: true } => Controlling.HasEnded(run),
        { IsStopping: true } => Stops(run),
        _ => GoOn(run, new RunEvent.RunResumed(resume.At), actions),
    };

    /// <summary>Its caller may have paused, or gone on, since it was last heard.</summary>
    public static Decision HearCaller(RunState run, RunCommand.Start start, KnownActions? actions)
    {
        if (start.Turn <= run.CallerTurn || run.IsStopping)
        {
            return Decision.Nothing;
        }

        return IsPause(start.Turn)
            ? Rest(run, ByCaller(start))
            : GoOn(run, new RunEvent.RunResumed(start.At, start.Turn), actions);
    }

    public static bool IsPause(int turn) => turn % 2 == 1;

    public static RunEvent.PauseRequested ByCaller(RunCommand.Start start) =>
        new($"Its caller {start.Parent!.Run} is paused.", start.At, start.Turn);

    /// <summary>A run that is to rest does so as soon as no worker has anything of it.</summary>
    public static void RestIfIdle(Draft draft)
    {
        if (draft.Run is { Status: RunStatus.Pausing, HasWorkOut: false })
        {
            draft.Add(new RunEvent.RunPaused(draft.At));
        }
    }

    private static Decision Rest(RunState run, RunEvent.PauseRequested requested)
    {
        var draft = new Draft(run, requested.At);
        draft.Add(requested);
        return draft.Complete();
    }

    /// <summary>Where its time was up meanwhile it ends, and nothing more of it starts.</summary>
    private static Decision GoOn(RunState run, RunEvent.RunResumed resumed, KnownActions? actions)
    {
        if (!run.IsPaused)
        {
            return Decision.Of([resumed]);
        }

        var draft = new Draft(run, resumed.At, actions);
        draft.Add(resumed);
        if (draft.Run.RunDue <= draft.At)
        {
            Controlling.TimeOut(draft);
        }
        else if (run.VisitCount == 0)
        {
            Starting.Enter(draft);
        }
        else
        {
            Follow(draft, run.Unfollowed);
        }

        Expiring.CatchUp(draft);
        return draft.Complete();
    }

    private static void Follow(Draft draft, SlotLine visits)
    {
        Dispatching.Drain(draft);
        foreach (var visit in visits)
        {
            Items.Fill(draft, draft.Run.Visit(visit.Task, visit.Visit)!.Ordinal);
            draft.Follow();
        }
    }

    private static Decision Stops(RunState run) =>
        Decision.Refused(RunCodes.RunStopping, $"Run {run.Id} is {StatusWords.Of(run.Status)} and cannot be paused or resumed.");
}
