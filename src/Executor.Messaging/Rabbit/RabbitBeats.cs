using System.Runtime.CompilerServices;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;

namespace Executor.Messaging.Rabbit;

/// <summary>Signs of life of all workers, each node over a queue of its own that ends with its connection.</summary>
internal sealed class RabbitBeats(RabbitRooms rooms) : IWorkerBeats
{
    private const int Prefetch = 100;

    public async IAsyncEnumerable<WorkerBeat> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var hand in rooms.Intake.ReadAsync(Queue, Prefetch, stop))
        {
            WorkerBeat beat;
            try
            {
                beat = Reading.Beat(hand.Message, rooms.Senders);
            }
            catch (MalformedMessageException malformed)
            {
                await rooms.BuryAsync(hand, malformed, AmqpTopology.WorkerExchange);
                continue;
            }

            await hand.AckAsync();
            yield return beat;
        }
    }

    /// <summary>A new name each time: the broker may hold the last one until it has noticed that its owner is gone.</summary>
    private NamedQueueSourceSettings Queue()
    {
        var queue = $"{AmqpTopology.WorkerExchange}.{Guid.NewGuid():N}";
        return NamedQueueSourceSettings.Create(rooms.Consuming, queue)
            .WithDeclarations(rooms.Topology.Common)
            .WithDeclarations(AmqpTopology.Workers(queue));
    }
}
