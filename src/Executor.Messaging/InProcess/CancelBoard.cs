using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Executor.Core.Messages;

namespace Executor.Messaging.InProcess;

/// <summary>Cancel requests for everyone concerned, also for those who begin to listen a little later.</summary>
internal sealed class CancelBoard(int remembered, TimeSpan memory, TimeProvider time)
{
    // A listener that has stopped reading must not fill the memory; losing a cancel is allowed.
    private const int Unread = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<(CancelRequest Cancel, DateTimeOffset At)> _recent = new();
    private readonly List<(Func<CancelRequest, bool> Concerns, ChannelWriter<CancelRequest> Inbox)> _listeners = [];

    public void Post(CancelRequest cancel)
    {
        lock (_gate)
        {
            Forget(remembered - 1);
            _recent.Enqueue((cancel, time.GetUtcNow()));
            foreach (var (concerns, inbox) in _listeners)
            {
                if (concerns(cancel))
                {
                    inbox.TryWrite(cancel);
                }
            }
        }
    }

    public async IAsyncEnumerable<CancelRequest> ReadAsync(
        string worker, IReadOnlyList<string> pools, [EnumeratorCancellation] CancellationToken stop)
    {
        var inbox = Channel.CreateBounded<CancelRequest>(
            new BoundedChannelOptions(Unread) { FullMode = BoundedChannelFullMode.DropOldest });
        var listener = (Concerns: (Func<CancelRequest, bool>)Concerns, Inbox: inbox.Writer);
        Join(listener.Concerns, listener.Inbox);
        try
        {
            await foreach (var cancel in inbox.Reader.ReadAllAsync(stop))
            {
                yield return cancel;
            }
        }
        finally
        {
            lock (_gate)
            {
                _listeners.Remove(listener);
            }
        }

        bool Concerns(CancelRequest cancel) =>
            cancel.Worker is null ? pools.Contains(cancel.Pool) : cancel.Worker == worker;
    }

    private void Join(Func<CancelRequest, bool> concerns, ChannelWriter<CancelRequest> inbox)
    {
        lock (_gate)
        {
            Forget(remembered);
            foreach (var (cancel, _) in _recent)
            {
                if (concerns(cancel))
                {
                    inbox.TryWrite(cancel);
                }
            }

            _listeners.Add((concerns, inbox));
        }
    }

    private void Forget(int keep)
    {
        var oldest = time.GetUtcNow() - memory;
        while (_recent.TryPeek(out var first) && (_recent.Count > keep || first.At < oldest))
        {
            _recent.Dequeue();
        }
    }
}
