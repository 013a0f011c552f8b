using System.Collections.Concurrent;
using Executor.Core;
using Executor.Core.Runs;
using Microsoft.Extensions.Logging;

namespace Executor.Worker.Attempts;

/// <summary>One loop for all leases of a worker: renews them, and stops an action whose lease runs out.</summary>
internal sealed class LeaseWatch(
    IWorkerLink link, ConcurrentDictionary<DispatchId, Attempt> inHand, KeptResults kept,
    WorkerOptions options, TimeProvider time, ILogger log)
{
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.WatchInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                foreach (var (_, attempt) in inHand)
                {
                    Look(attempt, stop);
                }

                kept.Look(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The worker goes; what it leaves is found by the lease.
        }
    }

    private void Look(Attempt attempt, CancellationToken stop)
    {
        if (attempt.Lease.IsNearItsEnd && attempt.Reason == StopReason.None)
        {
            log.LogWarning(
                "Stopped {Action} of run {RunId}: no word from the executor for two thirds of the lease",
                attempt.Request.Action,
                attempt.Request.Run);
            attempt.Stop(StopReason.Fenced);
        }

        if (attempt.Lease.TakeTurn())
        {
            _ = RenewAsync(attempt, stop);
        }
    }

    private async Task RenewAsync(Attempt attempt, CancellationToken stop)
    {
        var askedAt = time.GetTimestamp();
        try
        {
            var answer = await link.RenewAsync(attempt.Renewal, stop);
            if (answer.Running)
            {
                attempt.Lease.Renewed(askedAt);
            }
            else
            {
                attempt.Stop(StopReason.Ended);
            }
        }
        catch (Exception failure)
        {
            // The next turn asks again; when none is answered, the lease decides.
            log.LogDebug(failure, "No answer to the renewal of {DispatchId}", attempt.Request.Id);
        }
    }
}
