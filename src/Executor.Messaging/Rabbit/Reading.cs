using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using Executor.Messaging.Telemetry;

namespace Executor.Messaging.Rabbit;

/// <summary>What every body must satisfy before it is read.</summary>
internal static class Reading
{
    /// <exception cref="MalformedMessageException">Too large, or of another type.</exception>
    public static ReadOnlySpan<byte> Body(IncomingMessage message, string type)
    {
        if (message.Bytes.Length > WireJson.BodyLimit)
        {
            throw new MalformedMessageException(
                $"A body holds at most {WireJson.BodyLimit} bytes; this one has {message.Bytes.Length}.");
        }

        if (message.Properties.Type != type)
        {
            throw new MalformedMessageException($"Expected type '{type}', came '{message.Properties.Type}'.");
        }

        return message.Bytes.Span;
    }

    /// <summary>The broker lets nobody name another user, but lets him name none.</summary>
    /// <exception cref="MalformedMessageException">There is none.</exception>
    public static void HasUser(IncomingMessage message)
    {
        if (string.IsNullOrEmpty(message.Properties.UserId))
        {
            throw new MalformedMessageException("A worker's message carries the property user_id.");
        }
    }

    public static TaskRequest Request(IncomingMessage message) =>
        WireJson.ReadRequest(Body(message, WireTypes.TaskRequest)) with { Trace = BrokerTracing.Read(message) };

    public static TaskResult Result(IncomingMessage message)
    {
        HasUser(message);
        return WireJson.ReadResult(Body(message, WireTypes.TaskResult)) with { Trace = BrokerTracing.Read(message) };
    }

    public static CancelRequest Cancel(IncomingMessage message) =>
        WireJson.ReadCancel(Body(message, WireTypes.TaskCancel));

    public static WorkerBeat Beat(IncomingMessage message)
    {
        HasUser(message);
        return WireJson.ReadBeat(Body(message, WireTypes.WorkerBeat));
    }

    public static ClaimCalls Calls(IncomingMessage message)
    {
        HasUser(message);
        if (!RepliesTo.IsDirect(message.Properties.ReplyTo))
        {
            throw new MalformedMessageException($"Answers go to {RepliesTo.Direct} only, not to '{message.Properties.ReplyTo}'.");
        }

        return WireJson.ReadCalls(Body(message, WireTypes.ClaimCalls));
    }
}
