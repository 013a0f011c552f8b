using Executor.Core.Messages;

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
                    yield return Send(after, after.InFlight[slot]);
                    break;
                case RunEvent.ItemFinished { ByRun: true, Slot: var slot } when after.Overdue.Contains(slot):
                    yield return Withdraw(after, slot);
                    break;
                case RunEvent.CancelRequested or RunEvent.RunTimedOut:
                    foreach (var open in Ordered(after))
                    {
                        yield return Withdraw(after, open);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>All that is still open: repeating it is free.</summary>
    public static IEnumerable<RunEffect> Open(RunState run) =>
        Ordered(run)
            .Select(open => run.IsStopping ? (RunEffect)Withdraw(run, open) : Send(run, open))
            .Concat(run.Overdue.Select(slot => Withdraw(run, slot)));

    private static IEnumerable<OpenSlot> Ordered(RunState run) => run.InFlight.Values.OrderBy(open => open.Number);

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
