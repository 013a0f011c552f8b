namespace Executor.Core.Runs;

/// <summary>How a visit ends once all its items have: never by which of them was last.</summary>
internal static class VisitEnds
{
    public static (SlotStatus Status, string? Error, string? Code) Of(TaskVisit visit, RunState run)
    {
        var counts = visit.Counts;
        if (!visit.HasItems)
        {
            var item = visit.Items[0];
            var unstarted = counts.Cancelled > 0 ? SlotStatus.Cancelled : SlotStatus.Skipped;
            return (item?.Status ?? unstarted, item?.Error, item?.Code);
        }

        var bad = counts.Failed + counts.Abandoned + counts.Cancelled;
        var status = run.IsStopping ? SlotStatus.Cancelled
            : bad > 0 ? SlotStatus.Failed
            : counts.TimedOut > 0 ? SlotStatus.Timeout
            : run.IsFailing && counts.Skipped > 0 ? SlotStatus.Skipped
            : SlotStatus.Completed;
        return status is SlotStatus.Failed or SlotStatus.Timeout
            ? (status, Summary(visit, bad + counts.TimedOut), null)
            : (status, null, null);
    }

    private static string Summary(TaskVisit visit, int bad)
    {
        var first = Enumerable.Range(0, visit.Plan!.Count).First(
            place => visit.Items[place] is { } item && Transitions.IsFailure(item.Status));
        var item = visit.Items[first]!;
        var cause = item.Error ?? StatusWords.Of(item.Status);
        return visit.Task.IsParallel
            ? $"{bad} of {visit.Plan.Count} tasks did not succeed; {visit.Task.Inside[first]}: {cause}"
            : $"{bad} of {visit.Plan.Count} items did not succeed; item {first}: {cause}";
    }
}
