using System.Collections.Concurrent;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Microsoft.Extensions.Logging;

namespace Executor.Worker.Attempts;

/// <summary>Stops what is to be cancelled, and remembers what comes before its request.</summary>
internal sealed class Cancels(
    IWorkerLink link, ConcurrentDictionary<DispatchId, Attempt> inHand,
    WorkerOptions options, TimeProvider time, ILogger log)
{
    // A whole pool is told when nobody knows the worker, so most of what is remembered never comes here.
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<DispatchId, bool> _early = new();
    private readonly ConcurrentQueue<DispatchId> _order = new();

    public async Task RunAsync(CancellationToken stop)
    {
        var pause = new GrowingPause(options, time);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var cancel in link.CancelsAsync(options.Name, options.Pools, stop))
                {
                    pause.Reset();
                    Take(cancel);
                }

                await pause.WaitAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogWarning(failure, "Cancel requests cannot be read; trying again");
                await pause.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>
    /// To be called before the start and after the attempt is in hand: one of the two then sees the other.
    /// </summary>
    public bool CameBefore(DispatchId id) => _early.ContainsKey(id);

    private void Take(CancelRequest cancel)
    {
        if (_early.TryAdd(cancel.Id, true))
        {
            _order.Enqueue(cancel.Id);
        }

        if (inHand.TryGetValue(cancel.Id, out var attempt))
        {
            attempt.Stop(StopReason.Cancelled);
        }

        while (_early.Count > Most && _order.TryDequeue(out var oldest))
        {
            _early.TryRemove(oldest, out _);
        }
    }
}
