using System.Runtime.CompilerServices;
using Executor.Core.Messages;

namespace Executor.Actors.Streams;

/// <summary>Messages that have come in and are not settled yet. Once it closes, none is let in any more.</summary>
/// <remarks>
/// Leaving a queue gives back what is not settled, so a reader that stops must stay until its last message is settled.
/// What comes meanwhile goes back at once: others may be waiting for what it says.
/// </remarks>
public sealed class Intake
{
    /// <summary>For each time that it has been delivered before: where nobody else reads, it comes back here.</summary>
    private static readonly TimeSpan ReturnPause = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inHand;
    private bool _closed;

    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _closed;
            }
        }
    }

    /// <summary>Completes when everything that was let in is settled, or has gone back with its reader.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            EndIfEmpty();
        }

        return _empty.Task;
    }

    public async IAsyncEnumerable<Delivery<T>> ReadAsync<T>(
        IAsyncEnumerable<Delivery<T>> queue, [EnumeratorCancellation] CancellationToken left = default)
    {
        var hand = new Hand(this);
        try
        {
            await foreach (var delivery in queue.WithCancellation(left))
            {
                if (!hand.Take())
                {
                    await Task.Delay(ReturnPause * Math.Clamp(delivery.Deliveries - 1, 0, 10), left);
                    await delivery.Requeue();
                    continue;
                }

                yield return delivery with
                {
                    Ack = () => hand.SettleAsync(delivery.Ack),
                    Requeue = () => hand.SettleAsync(delivery.Requeue),
                    Reject = reason => hand.SettleAsync(() => delivery.Reject(reason)),
                };
            }
        }
        finally
        {
            hand.Drop();
        }
    }

    private void EndIfEmpty()
    {
        if (_closed && _inHand == 0)
        {
            _empty.TrySetResult();
        }
    }

    /// <summary>What one reading of a queue has in hand.</summary>
    private sealed class Hand(Intake intake)
    {
        private int _count;
        private bool _dropped;

        public bool Take()
        {
            lock (intake._gate)
            {
                if (intake._closed)
                {
                    return false;
                }

                _count++;
                intake._inHand++;
                return true;
            }
        }

        public async Task SettleAsync(Func<Task> settle)
        {
            try
            {
                await settle();
            }
            finally
            {
                Free(1);
            }
        }

        public void Drop()
        {
            lock (intake._gate)
            {
                Free(_count);
                _dropped = true;
            }
        }

        private void Free(int messages)
        {
            lock (intake._gate)
            {
                if (!_dropped)
                {
                    _count -= messages;
                    intake._inHand -= messages;
                    intake.EndIfEmpty();
                }
            }
        }
    }
}
