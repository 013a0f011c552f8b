namespace Executor.Messaging.Amqp;

/// <summary>What has become of one message.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome()
    {
    }

    /// <summary>The broker has it for certain.</summary>
    public sealed record Confirmed : PublishOutcome
    {
        public static readonly Confirmed Instance = new();
    }

    /// <summary>No queue takes it, or there is no such exchange: not sent.</summary>
    public sealed record Unroutable(string Reason) : PublishOutcome;

    /// <summary>The broker cannot take it now, as when the queue is full: not sent.</summary>
    public sealed record Rejected(string Reason) : PublishOutcome;

    /// <summary>We have not the right, or the broker will never take such a message: not sent.</summary>
    /// <remarks>The channel closes with it, and whatever else was on its way over it ends the same.</remarks>
    public sealed record Refused(string Reason) : PublishOutcome;

    /// <summary>Lost sight of: sent or not. Repeat it with the same message id.</summary>
    public sealed record Unknown(string Reason) : PublishOutcome;
}
