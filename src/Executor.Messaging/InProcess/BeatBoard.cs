using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Executor.Core.Messages;

namespace Executor.Messaging.InProcess;

/// <summary>Signs of life for every listener; who begins to listen hears the last of each worker first.</summary>
internal sealed class BeatBoard
{
    // A listener that has stopped reading must not fill the memory.
    private const int Unread = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, WorkerBeat> _last = new(StringComparer.Ordinal);
    private readonly List<ChannelWriter<WorkerBeat>> _listeners = [];

    public void Post(WorkerBeat beat)
    {
        lock (_gate)
        {
            _last[beat.Worker] = beat;
            foreach (var listener in _listeners)
            {
                listener.TryWrite(beat);
            }
        }
    }

    public async IAsyncEnumerable<WorkerBeat> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var inbox = Channel.CreateBounded<WorkerBeat>(
            new BoundedChannelOptions(Unread) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            foreach (var beat in _last.Values)
            {
                inbox.Writer.TryWrite(beat);
            }

            _listeners.Add(inbox.Writer);
        }

        try
        {
            await foreach (var beat in inbox.Reader.ReadAllAsync(stop))
            {
                yield return beat;
            }
        }
        finally
        {
            lock (_gate)
            {
                _listeners.Remove(inbox.Writer);
            }
        }
    }
}
