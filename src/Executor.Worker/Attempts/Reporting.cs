using Executor.Core;
using Executor.Core.Messages;
using Microsoft.Extensions.Logging;

namespace Executor.Worker.Attempts;

/// <summary>
/// Sends a result until the queue has it for certain, or the executor says that the attempt has ended.
/// </summary>
internal sealed class Reporting(
    IWorkerLink link, KeptResults kept, WorkerOptions options, TimeProvider time, ILogger log)
{
    public async Task SendAsync(Attempt attempt, TaskResult result, CancellationToken end)
    {
        var pause = new GrowingPause(options, time);
        while (!await TrySendAsync(result, end))
        {
            await pause.WaitAsync(end);
            if (attempt.IsOver)
            {
                return;
            }
        }

        if (options.KeepResults)
        {
            kept.Add(attempt.Renewal, attempt.Lease, result, ResultCheck.SizeOf(result.Outcome.Result));
        }
    }

    private async Task<bool> TrySendAsync(TaskResult result, CancellationToken end)
    {
        try
        {
            await link.ReportAsync(result, end);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !end.IsCancellationRequested)
        {
            log.LogDebug(failure, "The result of {DispatchId} is not confirmed", result.Id);
            return false;
        }
    }
}
