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

    public static TaskRequest Request(IncomingMessage message) =>
        WireJson.ReadRequest(Body(message, WireTypes.TaskRequest)) with { Trace = BrokerTracing.Read(message) };

    public static TaskResult Result(IncomingMessage message, Senders senders)
    {
        var result = WireJson.ReadResult(Body(message, WireTypes.TaskResult));
        senders.Check(message, [result.Worker]);
        return result with { Trace = BrokerTracing.Read(message) };
    }

    public static CancelRequest Cancel(IncomingMessage message) =>
        WireJson.ReadCancel(Body(message, WireTypes.TaskCancel));

    public static WorkerBeat Beat(IncomingMessage message, Senders senders)
    {
        var beat = WireJson.ReadBeat(Body(message, WireTypes.WorkerBeat));
        senders.Check(message, [beat.Worker]);
        return beat;
    }

    public static ClaimCalls Calls(IncomingMessage message, Senders senders)
    {
        if (!RepliesTo.IsDirect(message.Properties.ReplyTo))
        {
            throw new MalformedMessageException($"Answers go to {RepliesTo.Direct} only, not to '{message.Properties.ReplyTo}'.");
        }

        var calls = WireJson.ReadCalls(Body(message, WireTypes.ClaimCalls));
        senders.Check(
            message, calls.Claims.Select(claim => claim.Worker).Concat(calls.Renewals.Select(renewal => renewal.Worker)));
        return senders.Of(message) is { } sender
            ? calls with { Claims = [.. calls.Claims.Select(claim => claim with { Sender = sender })] }
            : calls;
    }
}
