using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>Stopping: by command, by time, or because the run is lost. What has not started ends at once.</summary>
internal static class Controlling
{
    public static Decision Cancel(RunState run, RunCommand.Cancel cancel)
    {
        if (run.HasEnded)
        {
            return HasEnded(run);
        }

        if (run.IsStopping)
        {
            return Decision.Nothing;
        }

        return Stop(run, new RunEvent.CancelRequested(cancel.Reason, cancel.At));
    }

    public static Decision Stop(RunState run, RunEvent.CancelRequested requested)
    {
        var draft = new Draft(run, requested.At);
        draft.Add(requested);
        Wind(draft);
        return draft.Complete();
    }

    public static Decision HasEnded(RunState run) =>
        Decision.Refused(RunCodes.RunEnded, $"Run {run.Id} has ended: {StatusWords.Of(run.Status)}.");

    public static void TimeOut(Draft draft)
    {
        var seconds = draft.Run.TimeAllowed!.Value.TotalSeconds;
        draft.Add(new RunEvent.RunTimedOut(draft.At));
        draft.AddProblem(RunCodes.RunTimeout, $"The run timed out after {seconds:0.###} seconds.");
        Wind(draft);
    }

    /// <summary>Nothing starts any more; what runs ends by itself and is recorded; questions close.</summary>
    public static void Fail(Draft draft)
    {
        if (!draft.Run.IsFailing)
        {
            draft.Add(new RunEvent.RunFailing(draft.At));
            Wind(draft);
        }
    }

    /// <summary>Whether workers are asked to stop what they have started.</summary>
    public static bool StopsRunning(RunState run) =>
        run.HasTimedOut || run.IsToldToStop || run.Workflow!.CancellationPolicy == CancellationPolicy.CancelRunning;

    private static void Wind(Draft draft)
    {
        Asking.CloseAll(draft);
        foreach (var slot in draft.Run.Held)
        {
            Drop(draft, slot);
        }

        foreach (var due in draft.Run.Dues.Where(due => due.Kind == DueKind.Retry))
        {
            Drop(draft, due.Slot);
        }

        foreach (var ordinal in draft.Run.OpenVisits)
        {
            var status = draft.Run.IsStopping ? SlotStatus.Cancelled : SlotStatus.Skipped;
            Items.DropRest(draft, draft.Run.Visits[ordinal]!, status);
            Ending.VisitIfDone(draft, draft.Run.Visits[ordinal]!);
        }
    }

    private static void Drop(Draft draft, Slot slot)
    {
        var former = draft.Run.Visit(slot.Task, slot.Visit)!.Items[TaskVisit.Place(slot)]!.Status;
        var status = draft.Run.IsStopping ? SlotStatus.Cancelled
            : former == SlotStatus.Scheduled ? SlotStatus.Skipped
            : former;
        draft.Add(new RunEvent.ItemDropped(slot, status, draft.At));
    }
}
