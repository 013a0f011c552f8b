using System.Runtime.CompilerServices;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using Microsoft.Extensions.Logging;

namespace Executor.Messaging.Rabbit;

/// <summary>Results from the workers. What cannot be read goes to the dead letters, here and nowhere else.</summary>
internal sealed class RabbitResults(RabbitRooms rooms) : IResultQueue
{
    public async IAsyncEnumerable<Delivery<TaskResult>> ReadAsync(
        int prefetch, [EnumeratorCancellation] CancellationToken stop)
    {
        var settings = NamedQueueSourceSettings.Create(rooms.Consuming, AmqpTopology.ResultQueue)
            .WithDeclarations(rooms.Topology.Common);
        await foreach (var hand in rooms.Intake.ReadAsync(() => settings, prefetch, stop))
        {
            if (await ReadAsync(hand) is { } result)
            {
                yield return hand.As(result, reason => rooms.Log.LogWarning(
                    "Result of {Slot} of run {RunId} is a dead letter: {Reason}", result.Slot, result.Run, reason));
            }
        }
    }

    private async Task<TaskResult?> ReadAsync(InHand hand)
    {
        try
        {
            return Reading.Result(hand.Message, rooms.Senders);
        }
        catch (MalformedMessageException malformed)
        {
            await rooms.BuryAsync(hand, malformed, AmqpTopology.ResultQueue);
            return null;
        }
    }
}
