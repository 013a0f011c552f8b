using Executor.Core;
using Executor.Core.Messages;
using Microsoft.Extensions.Logging;

namespace Executor.Worker.Attempts;

/// <summary>Asks to be the one, settles the request, and makes sure that there is lease enough to begin.</summary>
internal sealed class Claiming(IWorkerLink link, WorkerOptions options, TimeProvider time, ILogger log)
{
    /// <returns>Whether the attempt is ours.</returns>
    /// <param name="leave">The worker stops taking: what is not claimed yet may go to another.</param>
    /// <param name="end">The worker is going now.</param>
    public async Task<bool> WinAsync(
        Attempt attempt, Delivery<TaskRequest> delivery, CancellationToken leave, CancellationToken end)
    {
        var granted = await AskAsync(attempt, leave, end);
        await SettleAsync(delivery);
        if (granted is null)
        {
            log.LogDebug("Request {DispatchId} belongs to somebody else", attempt.Request.Id);
            return false;
        }

        return await FreshenAsync(attempt, end);
    }

    /// <summary>Done with a request, whatever comes of it.</summary>
    public async Task SettleAsync(Delivery<TaskRequest> delivery)
    {
        try
        {
            await delivery.Ack();
        }
        catch (Exception failure)
        {
            // It comes again, to us or another; then it is in hand already, or its claim is refused.
            log.LogDebug(failure, "Request {DispatchId} could not be acknowledged", delivery.Message.Id);
        }
    }

    // While the desk is silent the request stays in hand: handing it back would count against its delivery limit.
    private async Task<ClaimAnswer.Granted?> AskAsync(Attempt attempt, CancellationToken leave, CancellationToken end)
    {
        var pause = new GrowingPause(options, time);
        while (true)
        {
            leave.ThrowIfCancellationRequested();
            var askedAt = time.GetTimestamp();
            try
            {
                var answer = await link.ClaimAsync(attempt.Claim, end);
                if (answer is ClaimAnswer.Granted granted)
                {
                    attempt.Token = granted.Token;
                    attempt.Lease.Hold(askedAt, granted.Lease);
                    return granted;
                }

                if (answer is ClaimAnswer.Refused { Code: { } code })
                {
                    log.LogWarning(
                        "{Code}: request {DispatchId} of pool {Pool} may not be ours", code, attempt.Request.Id,
                        attempt.Request.Pool);
                }

                return null;
            }
            catch (Exception failure) when (!(failure is OperationCanceledException && end.IsCancellationRequested))
            {
                log.LogDebug(failure, "No answer to the claim of {DispatchId}", attempt.Request.Id);
            }

            await pause.WaitAsync(leave);
        }
    }

    private async Task<bool> FreshenAsync(Attempt attempt, CancellationToken end)
    {
        var pause = new GrowingPause(options, time);
        while (attempt.Lease.IsHalfGone && !attempt.Lease.IsNearItsEnd)
        {
            var askedAt = time.GetTimestamp();
            try
            {
                var answer = await link.RenewAsync(attempt.Renewal, end);
                if (!answer.Running)
                {
                    return false;
                }

                attempt.Lease.Renewed(askedAt);
                continue;
            }
            catch (Exception failure) when (!(failure is OperationCanceledException && end.IsCancellationRequested))
            {
                log.LogDebug(failure, "No answer to the renewal of {DispatchId}", attempt.Request.Id);
            }

            await pause.WaitAsync(end);
        }

        if (attempt.Lease.IsNearItsEnd)
        {
            attempt.Stop(StopReason.Fenced);
        }

        return true;
    }
}
