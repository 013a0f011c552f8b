namespace Executor.Core.Runs;

/// <summary>
/// Slots go out at once, or wait in line while the run has as many out as <c>max_parallel</c> allows.
/// </summary>
internal static class Dispatching
{
    public static void Decide(Draft draft, Slot slot)
    {
        if (draft.Run.Held.IsEmpty && HasRoom(draft.Run))
        {
            Dispatch(draft, slot);
        }
        else
        {
            draft.Add(new RunEvent.Held(slot));
        }
    }

    /// <summary>Lets out as many of those in line as there is room for.</summary>
    public static void Drain(Draft draft)
    {
        while (!draft.Run.Held.IsEmpty && HasRoom(draft.Run))
        {
            Dispatch(draft, draft.Run.Held.First);
        }
    }

    private static bool HasRoom(RunState run) => run.Workflow!.MaxParallel is not { } most || run.InFlight.Count < most;

    private static void Dispatch(Draft draft, Slot slot)
    {
        var visit = draft.Run.Visit(slot.Task, slot.Visit)!;
        var plan = visit.Plan!;
        draft.Add(new RunEvent.Dispatched(
            slot,
            DispatchId.Of(draft.Run.Id, slot),
            plan.Action,
            VisitTemplates.Of(draft.Run, visit).Input(plan, TaskVisit.Place(slot)),
            plan.Pool,
            plan.Timeout,
            draft.At + plan.Timeout + (plan.IsCall || plan.IsQuestion ? TimeSpan.Zero : draft.Run.Limits.StartAllowance),
            plan.Idempotent,
            draft.At,
            plan.IsCall,
            plan.IsQuestion));
    }
}
