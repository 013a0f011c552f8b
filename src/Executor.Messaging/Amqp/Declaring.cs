using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Executor.Messaging.Amqp;

/// <summary>Makes what is declared, on a channel of its own: a refusal closes the channel that it comes on.</summary>
internal static class Declaring
{
    /// <exception cref="AmqpTopologyException">Something exists with other arguments.</exception>
    /// <exception cref="AmqpUnavailableException">
    /// Something is not there, and this user may not make it; or the connection is lost meanwhile.
    /// </exception>
    public static async Task DeclareAsync(
        IConnection connection, IReadOnlyList<IDeclaration> declarations, CancellationToken stop)
    {
        try
        {
            await DeclareAllAsync(connection, declarations, stop);
        }
        catch (OperationInterruptedException lost)
        {
            throw new AmqpUnavailableException($"The connection was lost while queues were made: {AmqpFailure.Sentence(lost)}", lost);
        }
    }

    private static async Task DeclareAllAsync(
        IConnection connection, IReadOnlyList<IDeclaration> declarations, CancellationToken stop)
    {
        if (declarations.Count == 0)
        {
            return;
        }

        var channel = await connection.CreateChannelAsync(options: null, stop);
        try
        {
            foreach (var declaration in declarations)
            {
                if (!channel.IsOpen)
                {
                    await channel.DisposeAsync();
                    channel = await connection.CreateChannelAsync(options: null, stop);
                }

                await DeclareAsync(connection, channel, declaration, stop);
            }
        }
        finally
        {
            await channel.DisposeAsync();
        }
    }

    /// <summary>For a user who may not make it: somebody else must have.</summary>
    private static async Task VerifyAsync(IConnection connection, IDeclaration declaration, CancellationToken stop)
    {
        await using var looking = await connection.CreateChannelAsync(options: null, stop);
        try
        {
            await declaration.VerifyAsync(looking, stop);
        }
        catch (OperationInterruptedException missing) when (AmqpFailure.IsMissing(missing))
        {
            throw new AmqpUnavailableException(
                $"{AmqpFailure.Sentence(missing)}; this user may not make it, a node of the executor does when it starts",
                missing);
        }
    }

    private static async Task DeclareAsync(
        IConnection connection, IChannel channel, IDeclaration declaration, CancellationToken stop)
    {
        try
        {
            await declaration.DeclareAsync(channel, stop);
        }
        catch (OperationInterruptedException other) when (AmqpFailure.Code(other) == Constants.PreconditionFailed)
        {
            throw AmqpTopologyException.Because(AmqpFailure.Sentence(other), other);
        }
        catch (OperationInterruptedException refused) when (AmqpFailure.Code(refused) == Constants.AccessRefused)
        {
            await VerifyAsync(connection, declaration, stop);
        }
    }
}
