using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Executor.Messaging.Amqp;

/// <summary>Which exceptions are the broker's or the network's fault, and what they say.</summary>
internal static class AmqpFailure
{
    public static bool IsBroker(Exception failure) => failure is RabbitMQClientException or IOException
        or SocketException or TimeoutException or ObjectDisposedException or OperationCanceledException
        or AuthenticationException or AmqpUnavailableException;

    /// <summary>The AMQP code with which the broker has closed a channel or a connection; 0 when there is none.</summary>
    public static int Code(Exception failure) => (failure as OperationInterruptedException)?.ShutdownReason?.ReplyCode ?? 0;

    /// <summary>Access refused, or a message that the broker will never take, as one that names another user.</summary>
    public static bool IsRefusal(Exception failure) =>
        Code(failure) is Constants.AccessRefused or Constants.PreconditionFailed;

    public static bool IsMissing(Exception failure) => Code(failure) == Constants.NotFound;

    /// <summary>The innermost reason: what is wrapped around it repeats itself.</summary>
    public static string Sentence(Exception failure)
    {
        if (failure is OperationInterruptedException { ShutdownReason: { } reason })
        {
            return reason.ReplyText;
        }

        var inner = failure;
        while (inner is not AggregateException { InnerExceptions.Count: 0 } && inner.InnerException is { } deeper)
        {
            inner = deeper;
        }

        return inner is OperationInterruptedException { ShutdownReason: { } innermost }
            ? innermost.ReplyText
            : inner.Message;
    }
}
