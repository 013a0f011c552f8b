using RabbitMQ.Client;

namespace Executor.Messaging.Amqp;

/// <summary>Something that must exist before it is used.</summary>
public interface IDeclaration
{
    Task DeclareAsync(IChannel channel, CancellationToken stop);

    /// <summary>Only looks: for whoever may use it and not make it. Throws when it is not there.</summary>
    Task VerifyAsync(IChannel channel, CancellationToken stop);
}
