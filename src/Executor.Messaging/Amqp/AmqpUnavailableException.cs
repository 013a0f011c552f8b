namespace Executor.Messaging.Amqp;

/// <summary>The broker cannot be used: nothing is known to have happened, and repeating is safe.</summary>
public sealed class AmqpUnavailableException : Exception
{
    public AmqpUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
