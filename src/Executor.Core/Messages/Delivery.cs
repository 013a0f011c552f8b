namespace Executor.Core.Messages;

/// <summary>A message in hand, to be settled exactly once.</summary>
/// <param name="Deliveries">1 for the first time; a hint, never a proof.</param>
/// <param name="Ack">Done with it for good.</param>
/// <param name="Requeue">Give it to somebody else, or to us again; counts towards the delivery limit.</param>
/// <param name="Reject">It can never be handled: to the dead letters, with this reason.</param>
public sealed record Delivery<T>(
    T Message, int Deliveries, Func<Task> Ack, Func<Task> Requeue, Func<string, Task> Reject)
{
    /// <summary>By the sender's clock; null when it is not known.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Of a dead letter: it was not taken before the broker let it expire.</summary>
    public bool HasExpired { get; init; }
}
