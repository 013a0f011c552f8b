using Akka.Actor;
using Executor.Actors.Runs;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Recovery;

/// <summary>Tells runs about attempts that ended without a result, and closes the rows of those that took note.</summary>
public sealed class EndCourier(IDispatchGuard guard, Lazy<IActorRef> region, TimeSpan patience, IScheduler clock)
{
    /// <summary>Rows that have not ended, or are closed, are passed over; a run that does not answer keeps its row open.</summary>
    /// <param name="haveExpired">Their requests have, in the queue: that is why rows that say failed do so.</param>
    /// <returns>How many were closed.</returns>
    public async Task<int> DeliverAsync(
        IReadOnlyList<GuardRow> rows, CancellationToken stop, bool haveExpired = false)
    {
        var told = await Task.WhenAll(rows.Where(IsOpenEnd).Select(row => TellAsync(row, haveExpired)));
        var closings = told.OfType<Closing>().ToArray();
        if (closings.Length > 0)
        {
            await guard.CloseAsync(closings, stop);
        }

        return closings.Length;
    }

    private static bool IsOpenEnd(GuardRow row) =>
        !row.Closed && row.Status is not (SlotStatus.Scheduled or SlotStatus.Running);

    private static ItemOutcome OutcomeOf(GuardRow row, bool hasExpired, DateTimeOffset now) => row.Status switch
    {
        SlotStatus.Abandoned => ItemOutcome.Abandoned("executor", row.Worker, now),
        SlotStatus.Timeout => ItemOutcome.NeverTaken,
        SlotStatus.Cancelled => ItemOutcome.Untold(row.Status, ItemOutcome.TakenBackByUser, RunCodes.TaskCancelled),
        SlotStatus.Failed when hasExpired => ItemOutcome.ExpiredUnread(now),
        _ => ItemOutcome.Untold(row.Status, "No worker could take it.", RunCodes.TaskUndeliverable),
    };

    private async Task<Closing?> TellAsync(GuardRow row, bool hasExpired)
    {
        var now = clock.Now;
        var command = new RunCommand.FinishItem(row.Slot, OutcomeOf(row, hasExpired, now), now);
        var accepted = await RunQuestion.AskAsync<Accepted>(
            region.Value, row.Run, command, patience, CancellationToken.None);
        return accepted is { Ended: { } ended } ? new Closing(row.Id, ended) : null;
    }
}
