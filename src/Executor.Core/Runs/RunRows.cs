using System.Collections.Immutable;

namespace Executor.Core.Runs;

/// <summary>The rows for people that an entry has changed.</summary>
/// <param name="Run">Null when nothing in it has changed.</param>
public sealed record RunRows(RunRow? Run, ImmutableArray<ExecutionRow> Executions)
{
    /// <param name="entry">What led from <paramref name="before"/> to <paramref name="after"/>.</param>
    public static RunRows Of(RunState before, RunState after, IReadOnlyCollection<RunEvent> entry)
    {
        var rows = new Dictionary<Slot, ExecutionRow>();
        foreach (var happened in entry)
        {
            switch (happened)
            {
                case RunEvent.Dispatched dispatched:
                    rows[dispatched.Slot] = Row(after, dispatched);
                    break;
                case RunEvent.ItemFinished { Slot: var slot, Outcome: var outcome, At: var at }:
                    var row = rows.TryGetValue(slot, out var known)
                        ? known
                        : Row(after, before.InFlight[slot].Dispatched);
                    rows[slot] = row with { Status = outcome.Status, EndedAt = at, Error = outcome.Error };
                    break;
                default:
                    break;
            }
        }

        return new RunRows(entry.Any(ChangesRun) ? RowOf(after) : null, [.. rows.Values]);
    }

    public static RunRow RowOf(RunState run)
    {
        var lists = TaskLists.Of(run);
        return new RunRow(
            run.Id, run.Entries, run.Workflow!.Ref, run.Workflow.Hash, run.Status, lists.Current, lists.Completed,
            lists.Failed, lists.Skipped, run.Output, run.Error, run.RequestKey, run.StartedAt, run.EndedAt)
        {
            Parent = run.Parent is { } parent ? new RunCaller(parent.Run, parent.Slot) : null,
        };
    }

    private static ExecutionRow Row(RunState run, RunEvent.Dispatched dispatched) => new(
        dispatched.Id, run.Id, dispatched.Slot, run.Entries,
        dispatched.IsCall ? SlotStatus.Running : SlotStatus.Scheduled, dispatched.Action, Worker: null,
        dispatched.At, EndedAt: null, Error: null);

    private static bool ChangesRun(RunEvent happened) => happened is RunEvent.RunStarted or RunEvent.VisitOpened
        or RunEvent.VisitEnded or RunEvent.VisitRetried or RunEvent.CancelRequested or RunEvent.PauseRequested
        or RunEvent.RunPaused or RunEvent.RunResumed or RunEvent.RunTimedOut or RunEvent.RunEnded;
}
