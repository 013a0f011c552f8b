namespace Executor.Core.Runs;

/// <summary>Which tasks an event is about.</summary>
public static class EventTasks
{
    /// <returns>Of an arrival, and of an end inside a parallel task, two; none of what concerns the run as a whole.</returns>
    public static IEnumerable<string> Of(RunEvent happened) => happened switch
    {
        RunEvent.Arrived one => [one.Task, one.FromTask],
        RunEvent.VisitOpened one => [one.Task],
        RunEvent.VisitKept one => [one.Task],
        RunEvent.DelayEnded one => [one.Task],
        RunEvent.Held one => [one.Slot.Task],
        RunEvent.Dispatched one => [one.Slot.Task],
        RunEvent.ItemFinished one => [one.Slot.Task],
        RunEvent.OverdueEnded one => [one.Slot.Task],
        RunEvent.RetryScheduled one => [one.Slot.Task],
        RunEvent.ItemDropped one => [one.Slot.Task],
        RunEvent.ItemsDropped one => [one.Task],
        RunEvent.InnerEnded one => [one.Task, one.Inner],
        RunEvent.VisitEnded one => [one.Task],
        RunEvent.VisitRetried one => [one.Task],
        RunEvent.TransitionFired one => [one.Task],
        RunEvent.ConditionFailed one => [one.Task],
        RunEvent.ProblemFound { Problem.Task: { } task } => [task],
        _ => [],
    };
}
