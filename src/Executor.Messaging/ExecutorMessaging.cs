using Executor.Core;
using Executor.Messaging.Amqp;
using Executor.Messaging.Rabbit;

namespace Executor.Messaging;

/// <summary>The ports of a node over one broker. To be disposed of last, when nothing uses them any more.</summary>
public sealed class ExecutorMessaging : IAsyncDisposable
{
    private readonly RabbitRooms _rooms;

    internal ExecutorMessaging(RabbitRooms rooms)
    {
        _rooms = rooms;
        Tasks = new RabbitTaskQueue(rooms);
        Results = new RabbitResults(rooms);
        Claims = new RabbitClaims(rooms);
        Beats = new RabbitBeats(rooms);
    }

    public ITaskQueue Tasks { get; }

    public IResultQueue Results { get; }

    public IClaimQueue Claims { get; }

    public IWorkerBeats Beats { get; }

    /// <summary>For health: over this messages come.</summary>
    public AmqpConnection Consuming => _rooms.Consuming;

    /// <summary>For health: over this messages go.</summary>
    public AmqpConnection Publishing => _rooms.Publishing;

    /// <summary>For health: queues that have answered nothing for longer than the options allow.</summary>
    public IReadOnlyList<string> SilentQueues => _rooms.Outbox.Silent;

    public ValueTask DisposeAsync() => _rooms.DisposeAsync();

    internal Task StartAsync(CancellationToken stop) => _rooms.StartAsync([], stop);
}
