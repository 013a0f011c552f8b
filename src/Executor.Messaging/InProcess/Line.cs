using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Executor.Core.Messages;

namespace Executor.Messaging.InProcess;

/// <summary>One queue: first in, first out; what comes back takes its old place.</summary>
/// <param name="returns">How often a message may come back; one more and it is dead.</param>
internal sealed class Line<T>(int returns, Action<T, string> bury)
{
    private readonly Channel<Entry<T>> _entries = Channel.CreateUnboundedPrioritized<Entry<T>>();
    private long _last;

    public int Waiting => _entries.Reader.Count;

    public void Add(T message) => Write(new Entry<T>(message, Interlocked.Increment(ref _last)));

    /// <summary>Any number may read at a time; each message goes to one of them.</summary>
    public async IAsyncEnumerable<Delivery<T>> ReadAsync(
        int prefetch, [EnumeratorCancellation] CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefetch, 1);
        using var consumer = new Consumer<T>(this, prefetch);
        using var gone = stop.UnsafeRegister(static state => ((Consumer<T>)state!).Leave(), consumer);
        while (true)
        {
            yield return await consumer.NextAsync(stop);
        }
    }

    public ValueTask<Entry<T>> TakeAsync(CancellationToken stop) => _entries.Reader.ReadAsync(stop);

    public void Return(Entry<T> entry)
    {
        if (entry.Deliveries > returns)
        {
            Bury(entry, $"Came back {entry.Deliveries} times.");
        }
        else
        {
            Write(entry);
        }
    }

    public void Bury(Entry<T> entry, string reason) => bury(entry.Message, reason);

    private void Write(Entry<T> entry) => _entries.Writer.TryWrite(entry);
}
