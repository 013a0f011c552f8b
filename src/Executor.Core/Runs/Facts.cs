
namespace Executor.Core.Runs;

/// <summary>How each event changes the state: it only writes down what was decided.</summary>
internal static class Facts
{
    public static RunState Apply(RunState run, RunEvent happened) => happened switch
    {
        RunEvent.RunStarted started => Started(run, started),
        RunEvent.WorkflowFrozen frozen => run with { Called = run.Called.SetItem(frozen.Action, frozen.Workflow) },
        RunEvent.Arrived arrived => ArrivalFacts.Arrived(run, arrived),
        RunEvent.VisitOpened opened => VisitFacts.Opened(run, opened),
        RunEvent.VisitKept kept => VisitFacts.Kept(run, kept),
        RunEvent.DelayEnded ended => VisitFacts.DelayEnded(run, ended),
        RunEvent.Held held => SlotFacts.Held(run, held),
        RunEvent.Dispatched dispatched => SlotFacts.Dispatched(run, dispatched),
        RunEvent.ItemFinished finished => SlotFacts.Finished(run, finished),
        RunEvent.OverdueEnded ended => run with { Overdue = run.Overdue.Remove(ended.Slot) },
        RunEvent.RetryScheduled retry => SlotFacts.RetryScheduled(run, retry),
        RunEvent.ItemDropped dropped => SlotFacts.Dropped(run, dropped),
        RunEvent.ItemsDropped dropped => VisitFacts.ItemsDropped(run, dropped),
        RunEvent.InnerEnded ended => Inside.Ended(run, ended),
        RunEvent.VisitEnded ended => VisitFacts.Ended(run, ended),
        RunEvent.VisitRetried retried => VisitFacts.Retried(run, retried),
        RunEvent.TransitionFired fired => Fired(run, fired),
        RunEvent.ConditionFailed => run,
        RunEvent.ProblemFound found => Found(run, found.Problem),
        RunEvent.RunFailing => PauseFacts.Released(run) with { IsFailing = true },
        RunEvent.CancelRequested requested => Stopping(run) with
        {
            CancelReason = requested.Reason,
            IsToldToStop = run.IsToldToStop || requested.StopRunning,
        },
        RunEvent.PauseRequested requested => PauseFacts.Requested(run, requested),
        RunEvent.RunPaused => run with { Status = RunStatus.Paused },
        RunEvent.RunResumed resumed => PauseFacts.Resumed(run, resumed),
        RunEvent.RunTimedOut => Stopping(run) with { HasTimedOut = true },
        RunEvent.RunEnded ended => Ended(run, ended),
        RunEvent.ParentTold => run with { IsParentTold = true },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "No rule for this event."),
    };

    private static RunState Started(RunState run, RunEvent.RunStarted started) => run with
    {
        Workflow = started.Workflow,
        Inputs = started.Inputs,
        Variables = started.Variables,
        Limits = started.Limits,
        RequestKey = started.RequestKey,
        Parent = started.Parent,
        CallerTurn = started.CallerTurn,
        Origin = started.Origin,
        StartedAt = started.At,
        Status = RunStatus.Running,
        RunDue = started.Due,
        Dues = started.Due is { } due ? run.Dues.Add(RunTimeout(due)) : run.Dues,
    };

    private static RunState Fired(RunState run, RunEvent.TransitionFired fired) => run with
    {
        Variables = fired.Published.Aggregate(run.Variables, (all, one) => all.With(one.Key, one.Value)),
    };

    private static RunState Found(RunState run, RunProblem problem) => run with
    {
        Problems = run.Problems.Add(problem),
        UnhandledTasks = problem.IsUnhandledTask
            ? run.UnhandledTasks.Add(run.Graph!.Find(problem.Task!)!.Order)
            : run.UnhandledTasks,
    };

    private static RunState Stopping(RunState run) => WithoutTimeout(PauseFacts.Released(run)) with
    {
        Status = RunStatus.Canceling,
        PauseReason = null,
    };

    private static RunState Ended(RunState run, RunEvent.RunEnded ended) => WithoutTimeout(run) with
    {
        Status = ended.Status,
        Output = ended.Output,
        Error = ended.Error,
        EndedAt = ended.At,
        PauseReason = null,
    };

    private static RunState WithoutTimeout(RunState run) => run.RunDue is { } due
        ? run with { RunDue = null, Dues = run.Dues.Remove(RunTimeout(due)) }
        : run;

    private static DueTime RunTimeout(DateTimeOffset due) => new(due, DueKind.RunTimeout, default);
}
