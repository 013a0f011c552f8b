using Akka;
using Akka.Streams.Dsl;

namespace Executor.Messaging.Amqp;

public static class AmqpSource
{
    /// <summary>
    /// The messages of a queue, each to be settled by whoever handles it. Fails when its channel or connection is lost or
    /// the queue is deleted: wrap it into a restarting source. Messages that are in hand then are stale, and come again.
    /// </summary>
    /// <param name="bufferSize">How many may be unsettled at a time, 1 to 65535.</param>
    public static Source<CommittableMessage, NotUsed> CommittableSource(
        NamedQueueSourceSettings settings, int bufferSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bufferSize, ushort.MaxValue);
        return Source.FromGraph(new CommittableSourceStage(settings, (ushort)bufferSize));
    }

    /// <summary>As the committable one, each message acknowledged before it is emitted: a crash loses it.</summary>
    public static Source<IncomingMessage, NotUsed> AtMostOnceSource(NamedQueueSourceSettings settings, int bufferSize) =>
        CommittableSource(settings, bufferSize).SelectAsync(1, async message =>
        {
            await message.Ack();
            return message.Message;
        });
}
