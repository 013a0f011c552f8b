namespace Executor.Messaging;

/// <param name="Message">A result, or a request that was rejected once more as a dead letter.</param>
public sealed record DroppedMessage(object Message, string Reason);
