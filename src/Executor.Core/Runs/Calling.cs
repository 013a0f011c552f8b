using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>Tasks whose action is a workflow: each attempt is a run of it. See <see cref="RunParent"/>.</summary>
/// <remarks>
/// Which text a name means is settled when a run first calls it, and holds for that run to its end, loops and retries
/// included; each called run settles its own. The decider has what was looked up and asks for what was not; see
/// <see cref="Decision.Asks"/>. The latest of the catalogue is taken, or the file as it is then.
/// </remarks>
internal static class Calling
{
    public static bool MustAsk(Draft draft, string action) =>
        !draft.Run.Called.ContainsKey(action) && draft.Actions.MustAsk(action);

    /// <returns>Null when nothing is known of it, so that it may be a worker's.</returns>
    public static ActionSpec? Find(RunState run, KnownActions actions, TaskSpec task, string action)
    {
        var known = run.Called.TryGetValue(action, out var frozen) ? ActionSpec.Of(action, frozen)
            : actions.TryFind(action, out var found) ? found
            : null;
        if (known is null && (actions.AreAll || ActionSpec.IsFile(action)))
        {
            throw Faults.New(RunCodes.ActionUnknown, $"There is no action '{action}'.", task.At);
        }

        if (known?.Workflow is not null && run.Depth >= run.Limits.MaxDepth)
        {
            var message = $"'{task.Name}' calls '{action}', but {run.Depth} runs have called each other already,"
                + " the most that may.";
            throw Faults.New(RunCodes.TooDeep, message, task.At);
        }

        return known;
    }

    public static void Freeze(Draft draft, string action, WorkflowSpec? workflow)
    {
        if (workflow is not null && !draft.Run.Called.ContainsKey(action))
        {
            draft.Add(new RunEvent.WorkflowFrozen(action, workflow));
        }
    }

    /// <summary>What its caller wants of it; what it has heard of that before changes nothing.</summary>
    public static Decision Hear(RunState run, RunCommand.Start start, KnownActions? actions) =>
        run.HasEnded ? Decision.Nothing
        : start.Stop is { } stop ? Stop(run, start, stop)
        : Pausing.HearCaller(run, start, actions);

    private static Decision Stop(RunState run, RunCommand.Start start, RunStop stop)
    {
        if (!run.IsStopping)
        {
            return Controlling.Stop(run, new RunEvent.CancelRequested(stop.Reason, start.At, stop.StopRunning));
        }

        return stop.StopRunning && !Controlling.StopsRunning(run)
            ? Decision.Of([new RunEvent.CancelRequested(run.CancelReason, start.At, StopRunning: true)])
            : Decision.Nothing;
    }

    /// <summary>
    /// A run of which this state knows no end has ended in another incarnation: this one is stale, and the news would be
    /// lost with it.
    /// </summary>
    public static Decision ParentTold(RunState run, RunCommand.HearParent hear) => run switch
    {
        { HasEnded: false } => Decision.Refused(
            RunCodes.SlotUnknown, $"The caller of run {run.Id} knows of an end that this state does not know."),
        { IsSettled: false } => Decision.Of([new RunEvent.ParentTold(hear.At)]),
        _ => Decision.Nothing,
    };

    /// <summary>What the caller is to hear of the end: the status, the output, or the error and what led to it.</summary>
    public static ItemOutcome OutcomeOf(RunState run) => new(
        run.Status switch
        {
            RunStatus.Completed => SlotStatus.Completed,
            RunStatus.Timeout => SlotStatus.Timeout,
            RunStatus.Cancelled => SlotStatus.Cancelled,
            _ => SlotStatus.Failed,
        },
        RunResults.Of(run),
        run.Error);
}
