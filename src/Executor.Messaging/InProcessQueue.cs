using System.Collections.Concurrent;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Messaging.InProcess;

namespace Executor.Messaging;

/// <summary>All messaging of one process, with the promises of a broker and none of its durability.</summary>
/// <remarks>
/// One object serves any number of workers and readers, each enumeration being one consumer: at least once, first in
/// first out, a returned message at its old place. Leaving an enumeration, or cancelling it, gives back what is not
/// settled; settling that, or anything twice, throws <see cref="InvalidOperationException"/>. Everything that is
/// still here when the process ends is lost, and the reconciler finds it.
/// </remarks>
public sealed class InProcessQueue : ITaskQueue, IResultQueue, IClaimQueue, IWorkerLink, IWorkerBeats
{
    private readonly ConcurrentDictionary<string, Line<TaskRequest>> _pools = new(StringComparer.Ordinal);
    private readonly Line<TaskRequest> _deadRequests;
    private readonly Line<TaskResult> _results;
    private readonly ClaimLine _claims;
    private readonly CancelBoard _cancels;
    private readonly BeatBoard _beats = new();
    private readonly Func<string, Line<TaskRequest>> _newPool;
    private readonly bool _isOnePool;

    /// <param name="time">Null is the system's.</param>
    public InProcessQueue(InProcessOptions? options = null, TimeProvider? time = null)
    {
        var chosen = options ?? InProcessOptions.Default;
        var clock = time ?? TimeProvider.System;
        _isOnePool = chosen.IsOnePool;
        _deadRequests = new Line<TaskRequest>(int.MaxValue, Drop);
        _results = new Line<TaskResult>(int.MaxValue, Drop);
        _claims = new ClaimLine(chosen.AnswerPatience, clock);
        _cancels = new CancelBoard(chosen.CancelsRemembered, chosen.CancelMemory, clock);
        _newPool = _ => new Line<TaskRequest>(chosen.DeliveryLimit, (request, _) => _deadRequests.Add(request));
    }

    /// <summary>A message nobody could handle and no reader may have again; with the reason.</summary>
    public event EventHandler<DroppedMessage>? Dropped;

    /// <summary>Requests of a pool that no worker has in hand.</summary>
    public int Waiting(string pool) => PoolOf(pool).Waiting;

    public Task<IReadOnlyList<bool>> PublishAsync(IReadOnlyList<TaskRequest> batch, CancellationToken stop)
    {
        foreach (var request in batch)
        {
            PoolOf(request.Pool).Add(request);
        }

        var confirmed = new bool[batch.Count];
        Array.Fill(confirmed, true);
        return Task.FromResult<IReadOnlyList<bool>>(confirmed);
    }

    public Task CancelAsync(CancelRequest cancel, CancellationToken stop)
    {
        _cancels.Post(cancel);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<Delivery<TaskRequest>> DeadLettersAsync(CancellationToken stop) =>
        _deadRequests.ReadAsync(int.MaxValue, stop);

    public IAsyncEnumerable<Delivery<TaskResult>> ReadAsync(int prefetch, CancellationToken stop) =>
        _results.ReadAsync(prefetch, stop);

    public IAsyncEnumerable<ClaimCall> ReadAsync(CancellationToken stop) => _claims.ReadAsync(stop);

    public IAsyncEnumerable<Delivery<TaskRequest>> RequestsAsync(string pool, int prefetch, CancellationToken stop) =>
        PoolOf(pool).ReadAsync(prefetch, stop);

    public Task<ClaimAnswer> ClaimAsync(Claim claim, CancellationToken stop) => _claims.AskAsync(claim, stop);

    public Task<RenewalAnswer> RenewAsync(Renewal renewal, CancellationToken stop) => _claims.AskAsync(renewal, stop);

    public Task ReportAsync(TaskResult result, CancellationToken stop)
    {
        _results.Add(result);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<CancelRequest> CancelsAsync(
        string worker, IReadOnlyList<string> pools, CancellationToken stop) => _cancels.ReadAsync(worker, pools, stop);

    public Task BeatAsync(WorkerBeat beat, CancellationToken stop)
    {
        _beats.Post(beat);
        return Task.CompletedTask;
    }

    IAsyncEnumerable<WorkerBeat> IWorkerBeats.ReadAsync(CancellationToken stop) => _beats.ReadAsync(stop);

    private Line<TaskRequest> PoolOf(string name) => _pools.GetOrAdd(_isOnePool ? string.Empty : name, _newPool);

    private void Drop(object message, string reason) => Dropped?.Invoke(this, new DroppedMessage(message, reason));
}
