namespace Executor.Messaging.Amqp;

/// <param name="IsOpen">Whether the broker can be used now.</param>
/// <param name="IsBlocked">The broker takes no publishes because its memory or disk is short.</param>
/// <param name="Opened">How often it has been opened.</param>
/// <param name="Problem">Why it is not open, in a sentence; null before the first failure.</param>
public sealed record AmqpConnectionState(bool IsOpen, bool IsBlocked, int Opened, string? Problem);
