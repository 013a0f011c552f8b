using System.Collections.Concurrent;
using Executor.Core.Messages;

namespace Executor.Messaging.InProcess;

/// <summary>One reader of a line, with what it has in hand.</summary>
internal sealed class Consumer<T>(Line<T> line, int prefetch) : IDisposable
{
    private readonly SemaphoreSlim _credit = new(prefetch);
    private readonly ConcurrentDictionary<InHand<T>, Entry<T>> _inHand = new();
    private volatile bool _gone;

    public async ValueTask<Delivery<T>> NextAsync(CancellationToken stop)
    {
        await _credit.WaitAsync(stop);
        var entry = await line.TakeAsync(stop);
        entry.Deliveries++;
        var hand = new InHand<T>(this, entry.Message, entry.Deliveries);
        _inHand[hand] = entry;
        if (_gone)
        {
            // It left between the take and the note: whoever of the two settles first returns the message.
            TakeBack(hand);
            throw new OperationCanceledException(stop);
        }

        return hand.Delivery;
    }

    public void Ack(InHand<T> hand) => Settled(hand);

    public void Requeue(InHand<T> hand) => line.Return(Settled(hand));

    public void Reject(InHand<T> hand, string reason) => line.Bury(Settled(hand), reason);

    /// <summary>Gives back all that is not settled.</summary>
    public void Leave()
    {
        _gone = true;
        foreach (var hand in _inHand.Keys.ToArray())
        {
            TakeBack(hand);
        }
    }

    // The semaphore is not disposed: a delivery may be settled while its consumer leaves, and without a wait handle
    // there is nothing to release.
    public void Dispose() => Leave();

    private Entry<T> Settled(InHand<T> hand)
    {
        if (!_inHand.TryRemove(hand, out var entry))
        {
            throw new InvalidOperationException(
                "A delivery is settled once, while its consumer reads; this one is settled or has gone back.");
        }

        _credit.Release();
        return entry;
    }

    private void TakeBack(InHand<T> hand)
    {
        if (_inHand.TryRemove(hand, out var entry))
        {
            line.Return(entry);
        }
    }
}
