namespace Executor.Messaging.Amqp;

/// <summary>A message in hand, to be settled once. Settling never hangs and fails only when it is done twice.</summary>
public sealed class CommittableMessage
{
    private readonly ChannelEpoch _epoch;
    private int _settled;

    internal CommittableMessage(ChannelEpoch epoch, IncomingMessage message)
    {
        _epoch = epoch;
        Message = message;
    }

    public IncomingMessage Message { get; }

    /// <summary>Done with it for good.</summary>
    /// <exception cref="InvalidOperationException">It is settled already.</exception>
    public Task<CommitOutcome> Ack() => Settle(CommitKind.Ack);

    /// <summary>Not handled, and not the message's fault; or, without requeue, to the dead letters.</summary>
    /// <exception cref="InvalidOperationException">It is settled already.</exception>
    public Task<CommitOutcome> Nack(bool requeue = true) => Settle(requeue ? CommitKind.Return : CommitKind.Bury);

    /// <summary>Handling it has failed; it comes again and counts towards the delivery limit of its queue.</summary>
    /// <exception cref="InvalidOperationException">It is settled already.</exception>
    public Task<CommitOutcome> Reject() => Settle(CommitKind.Retry);

    private Task<CommitOutcome> Settle(CommitKind kind) => Interlocked.Exchange(ref _settled, 1) == 0
        ? _epoch.CommitAsync(Message.Envelope.DeliveryTag, kind)
        : throw new InvalidOperationException("A message is settled once; this one is settled.");
}
