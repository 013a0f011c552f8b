using RabbitMQ.Client;

namespace Executor.Messaging.Amqp;

/// <param name="Properties">Belongs to this one message: the client writes into it.</param>
/// <param name="Exchange">Null takes that of the settings.</param>
/// <param name="Mandatory">Whether a message that no queue takes is told of; otherwise it vanishes.</param>
public sealed record OutgoingMessage(
    ReadOnlyMemory<byte> Bytes, BasicProperties Properties, string RoutingKey, string? Exchange = null,
    bool Mandatory = true);
