using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Executor.Core.Runs;

/// <summary>The rows for people that an entry has changed.</summary>
/// <param name="Run">Null when nothing in it has changed.</param>
public sealed record RunRows(
    RunRow? Run, ImmutableArray<ExecutionRow> Executions, ImmutableArray<InquiryRow> Inquiries)
{
    /// <param name="entry">What led from <paramref name="before"/> to <paramref name="after"/>.</param>
    public static RunRows Of(RunState before, RunState after, IReadOnlyCollection<RunEvent> entry)
    {
        var rows = new Dictionary<Slot, ExecutionRow>();
        var inquiries = new Dictionary<Slot, InquiryRow>();
        foreach (var happened in entry)
        {
            switch (happened)
            {
                case RunEvent.Dispatched dispatched:
                    rows[dispatched.Slot] = Row(after, dispatched);
                    if (dispatched.IsQuestion)
                    {
                        inquiries[dispatched.Slot] = Asking.RowOf(after, dispatched, after.Entries);
                    }

                    break;
                case RunEvent.ItemFinished { Slot: var slot, Outcome: var outcome, At: var at }:
                    var row = rows.TryGetValue(slot, out var known)
                        ? known
                        : Row(after, before.InFlight[slot].Dispatched);
                    rows[slot] = row with { Status = outcome.Status, EndedAt = at, Error = outcome.Error };
                    if (inquiries.TryGetValue(slot, out var open) || TryQuestion(before, slot, out open))
                    {
                        inquiries[slot] = Asking.Closed(open, outcome, at, after.Entries);
                    }

                    break;
                default:
                    break;
            }
        }

        return new RunRows(entry.Any(ChangesRun) ? RowOf(after) : null, [.. rows.Values], [.. inquiries.Values]);
    }

    public static RunRow RowOf(RunState run)
    {
        var lists = TaskLists.Of(run);
        return new RunRow(
            run.Id, run.Entries, run.Workflow!.Ref, run.Workflow.Hash, run.Status, lists.Current, lists.Completed,
            lists.Failed, lists.Skipped, run.Output, run.Error, run.RequestKey, run.StartedAt, run.EndedAt)
        {
            Parent = run.Parent is { } parent ? new RunCaller(parent.Run, parent.Slot) : null,
            Origin = run.Origin,
        };
    }

    private static bool TryQuestion(RunState before, Slot slot, [NotNullWhen(true)] out InquiryRow? open)
    {
        open = before.InFlight.TryGetValue(slot, out var known) && known.Dispatched.IsQuestion
            ? Asking.RowOf(before, known)
            : null;
        return open is not null;
    }

    private static ExecutionRow Row(RunState run, RunEvent.Dispatched dispatched) => new(
        dispatched.Id, run.Id, dispatched.Slot, run.Entries,
        dispatched.IsCall || dispatched.IsQuestion ? SlotStatus.Running : SlotStatus.Scheduled, dispatched.Action, Worker: null,
        dispatched.At, EndedAt: null, Error: null);

    private static bool ChangesRun(RunEvent happened) => happened is RunEvent.RunStarted or RunEvent.VisitOpened
        or RunEvent.VisitEnded or RunEvent.VisitRetried or RunEvent.CancelRequested or RunEvent.PauseRequested
        or RunEvent.RunPaused or RunEvent.RunResumed or RunEvent.RunTimedOut or RunEvent.RunEnded;
}
