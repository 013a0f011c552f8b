using System.Collections.Concurrent;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Microsoft.Extensions.Logging;

namespace Executor.Worker.Attempts;

/// <summary>
/// Results that the queue has taken and the executor has not yet confirmed to know. Each keeps its lease; one that
/// is still running for the executor after three renewals is sent again, so a lost results queue loses nothing.
/// </summary>
internal sealed class KeptResults(IWorkerLink link, TimeProvider time, ILogger log)
{
    private const int RenewalsBeforeRepeat = 3;
    private const int Most = 50_000;
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<DispatchId, Kept> _kept = new();
    private readonly ConcurrentQueue<Kept> _order = new();
    private long _bytes;

    public int Count => _kept.Count;

    public void Add(Renewal renewal, LeaseClock lease, TaskResult result, int bytes)
    {
        var kept = new Kept(renewal, lease, result, bytes);
        if (_kept.TryAdd(result.Id, kept))
        {
            _order.Enqueue(kept);
            Interlocked.Add(ref _bytes, bytes);
            MakeRoom();
        }
    }

    public void Look(CancellationToken stop)
    {
        foreach (var (_, kept) in _kept)
        {
            if (kept.Lease.TakeTurn())
            {
                _ = AskAsync(kept, stop);
            }
        }
    }

    private async Task AskAsync(Kept kept, CancellationToken stop)
    {
        var askedAt = time.GetTimestamp();
        try
        {
            var answer = await link.RenewAsync(kept.Renewal, stop);
            if (!answer.Running)
            {
                Forget(kept);
                return;
            }

            kept.Lease.Renewed(askedAt);
            kept.StillRunning++;
            if (kept.StillRunning >= RenewalsBeforeRepeat && kept.Result is { } result)
            {
                await link.ReportAsync(result, stop);
                kept.StillRunning = 0;
                log.LogWarning("Sent the result of {DispatchId} again: the executor does not know it", kept.Renewal.Id);
            }
        }
        catch (Exception failure)
        {
            // The next turn asks again.
            log.LogDebug(failure, "No answer about the result of {DispatchId}", kept.Renewal.Id);
        }
    }

    private void MakeRoom()
    {
        // Those at the head that are settled already only leave the queue.
        while (_order.TryPeek(out var oldest)
            && (oldest.Result is null || _order.Count > Most || Interlocked.Read(ref _bytes) > MostBytes)
            && _order.TryDequeue(out oldest))
        {
            Forget(oldest);
        }
    }

    private void Forget(Kept kept)
    {
        if (_kept.TryRemove(kept.Renewal.Id, out _))
        {
            kept.Result = null;
            Interlocked.Add(ref _bytes, -kept.Bytes);
        }
    }

    private sealed class Kept(Renewal renewal, LeaseClock lease, TaskResult result, int bytes)
    {
        public Renewal Renewal => renewal;

        public LeaseClock Lease => lease;

        /// <summary>Null when it is forgotten.</summary>
        public TaskResult? Result { get; set; } = result;

        public int Bytes => bytes;

        public int StillRunning { get; set; }
    }
}
