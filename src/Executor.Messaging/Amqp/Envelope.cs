namespace Executor.Messaging.Amqp;

/// <param name="DeliveryTag">Means something on the channel that it came over, and nowhere else.</param>
/// <param name="Redeliver">True after a restart of the broker also for what was never delivered: no sign of a duplicate.</param>
public sealed record Envelope(ulong DeliveryTag, bool Redeliver, string Exchange, string RoutingKey);
