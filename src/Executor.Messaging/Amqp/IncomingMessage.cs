using RabbitMQ.Client;

namespace Executor.Messaging.Amqp;

public sealed record IncomingMessage(ReadOnlyMemory<byte> Bytes, Envelope Envelope, IReadOnlyBasicProperties Properties)
{
    /// <summary>
    /// 1 for the first time. Quorum queues count what came back; other queues only know whether something did.
    /// </summary>
    public int Deliveries =>
        Properties.Headers?.TryGetValue("x-delivery-count", out var count) == true
        && count is IConvertible number and not string
            ? (int)Math.Min(int.MaxValue - 1, number.ToInt64(null)) + 1
            : Envelope.Redeliver ? 2 : 1;
}
