namespace Executor.Messaging.Amqp;

internal enum CommitKind
{
    Ack,

    /// <summary>Give it to somebody else; counts in RabbitMQ up to 4.2.</summary>
    Return,

    /// <summary>Give it again; always counts.</summary>
    Retry,

    Bury,
}
