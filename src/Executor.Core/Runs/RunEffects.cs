using Executor.Core.Messages;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>What must be sent, read off the facts and, after a crash, off the recovered state.</summary>
public static class RunEffects
{
    /// <summary>Of one stored entry, in the order of its events.</summary>
    public static IEnumerable<RunEffect> Of(RunState after, IEnumerable<RunEvent> entry)
    {
        foreach (var happened in entry)
        {
            switch (happened)
            {
                case RunEvent.Dispatched { Slot: var slot } when !after.IsStopping && after.InFlight.ContainsKey(slot):
                    yield return GoOut(after, after.InFlight[slot]);
                    break;
                case RunEvent.ItemFinished { ByRun: true, Slot: var slot } when after.Overdue.Contains(slot):
                    yield return Withdraw(after, slot);
                    break;
                case RunEvent.PauseRequested or RunEvent.RunResumed when !after.IsStopping:
                    foreach (var call in Ordered(after).Where(open => open.Dispatched.IsCall && open.Entry < after.Entries))
                    {
                        yield return GoOut(after, call);
                    }

                    break;
                case RunEvent.CancelRequested or RunEvent.RunTimedOut:
                    foreach (var open in Ordered(after))
                    {
                        yield return Stop(after, open);
                    }

                    break;
                case RunEvent.RunEnded when after is { Parent: not null, IsParentTold: false }:
                    yield return TellParent(after);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>All that is still open: repeating it is free.</summary>
    public static IEnumerable<RunEffect> Open(RunState run) =>
        Ordered(run)
            .Select(open => run.IsStopping ? Stop(run, open) : GoOut(run, open))
            .Concat(run.Overdue.Select(slot => Withdraw(run, slot)))
            .Concat(run.HasEnded && !run.IsSettled ? [TellParent(run)] : []);

    /// <summary>
    /// Attempts whose time is up, to be taken back before the run hears of it: what no worker has taken then ends as
    /// that, and only what one has in hand as too slow.
    /// </summary>
    /// <returns>Empty for a run that stops: it has taken back all that is out.</returns>
    public static IEnumerable<RunEffect.Withdraw> Late(RunState run, DateTimeOffset now) => run.IsStopping
        ? []
        : run.Dues.TakeWhile(due => due.At <= now)
            .Where(due => due.Kind == DueKind.AttemptDeadline)
            .Select(due => run.InFlight[due.Slot].Dispatched)
            .Where(sent => !sent.IsCall && !sent.IsQuestion)
            .Select(sent => new RunEffect.Withdraw(sent.Slot, sent.Id, SlotStatus.Timeout, StopRunning: false));

    private static IEnumerable<OpenSlot> Ordered(RunState run) => run.InFlight.Values.OrderBy(open => open.Number);

    private static RunEffect GoOut(RunState run, OpenSlot open) =>
        open.Dispatched.IsCall ? Call(run, open.Dispatched, stop: null)
        : open.Dispatched.IsQuestion ? new RunEffect.Ask(Asking.RowOf(run, open))
        : Send(run, open);

    private static RunEffect Stop(RunState run, OpenSlot open) => open.Dispatched.IsCall
        ? Call(run, open.Dispatched, new RunStop(StopReason(run), Controlling.StopsRunning(run)))
        : Withdraw(run, open);

    private static string? StopReason(RunState run) =>
        run.HasTimedOut ? $"Its caller {run.Id} has timed out." : run.CancelReason;

    private static RunEffect.Call Call(RunState run, RunEvent.Dispatched call, RunStop? stop)
    {
        var timeout = call.Timeout < Durations.Longest ? call.Timeout : (TimeSpan?)null;
        var parent = new RunParent(run.Id, call.Slot, run.Depth + 1, call.At, timeout, run.Root);
        return new RunEffect.Call(
            RunId.OfCall(call.Id), run.Called[call.Action], call.Input, run.Limits, parent, stop, run.Turn);
    }

    private static RunEffect.TellParent TellParent(RunState run) =>
        new(run.Parent!.Run, run.Parent.Slot, Calling.OutcomeOf(run), run.EndedAt!.Value);

    private static RunEffect.Send Send(RunState run, OpenSlot open)
    {
        var sent = open.Dispatched;
        var request = new TaskRequest(
            sent.Id, run.Id, sent.Slot, run.Workflow!.Ref, sent.Action, sent.Input, sent.Pool, sent.Timeout);
        return new RunEffect.Send(request, open.Entry);
    }

    private static RunEffect.Withdraw Withdraw(RunState run, OpenSlot open) => new(
        open.Dispatched.Slot, open.Dispatched.Id, SlotStatus.Cancelled, Controlling.StopsRunning(run));

    private static RunEffect.Withdraw Withdraw(RunState run, Slot slot) =>
        new(slot, DispatchId.Of(run.Id, slot), SlotStatus.Timeout, StopRunning: true);
}
