namespace Executor.Messaging.Amqp;

public enum CommitOutcome
{
    /// <summary>Written to the channel, which does not prove that the broker has handled it.</summary>
    Sent,

    /// <summary>The channel that the message came over is gone: the broker delivers it again.</summary>
    Stale,
}
