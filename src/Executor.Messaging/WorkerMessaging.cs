using Executor.Core;
using Executor.Messaging.Amqp;
using Executor.Messaging.Rabbit;

namespace Executor.Messaging;

/// <summary>A worker's link over one broker. To be disposed of when the worker has drained.</summary>
public sealed class WorkerMessaging : IAsyncDisposable
{
    private readonly RabbitRooms _rooms;

    internal WorkerMessaging(RabbitRooms rooms)
    {
        _rooms = rooms;
        Link = new RabbitWorkerLink(rooms);
    }

    public IWorkerLink Link { get; }

    /// <summary>For health: over this messages come.</summary>
    public AmqpConnection Consuming => _rooms.Consuming;

    /// <summary>For health: over this messages go.</summary>
    public AmqpConnection Publishing => _rooms.Publishing;

    public ValueTask DisposeAsync() => _rooms.DisposeAsync();

    internal Task StartAsync(IReadOnlyList<string> pools, CancellationToken stop) => _rooms.StartAsync(pools, stop);
}
