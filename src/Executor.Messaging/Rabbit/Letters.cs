using System.Globalization;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using Executor.Messaging.Telemetry;
using RabbitMQ.Client;

namespace Executor.Messaging.Rabbit;

/// <summary>Messages with the properties that each type has.</summary>
/// <param name="user">As whom we are connected: the broker refuses messages that claim to be somebody else's.</param>
internal sealed class Letters(string user, TimeProvider time)
{
    public OutgoingMessage Request(TaskRequest request, byte[] body)
    {
        var properties = Properties(WireTypes.TaskRequest, request.Id.Text, request.Run.Text);
        properties.Headers!["x-attempt"] = request.Slot.Attempt;
        properties.Headers[SentAt.Header] = time.GetUtcNow().ToUnixTimeMilliseconds();
        BrokerTracing.Write(properties, request.Trace);
        return new OutgoingMessage(body, properties, request.Pool, AmqpTopology.TaskExchange);
    }

    public OutgoingMessage Result(TaskResult result, byte[] body)
    {
        var properties = Properties(WireTypes.TaskResult, result.Id.Text + ".result", result.Run.Text);
        properties.Headers!["x-attempt"] = result.Slot.Attempt;
        BrokerTracing.Write(properties, result.Trace);
        return new OutgoingMessage(body, properties, AmqpTopology.ResultKey, AmqpTopology.ResultExchange);
    }

    /// <summary>To one worker, or to a whole pool; nobody may be listening.</summary>
    public OutgoingMessage Cancel(CancelRequest cancel)
    {
        var properties = Properties(WireTypes.TaskCancel, cancel.Id.Text + ".cancel", cancel.Run.Text);
        properties.Persistent = false;
        var key = cancel.Worker is { } worker ? AmqpTopology.WorkerKey(worker) : AmqpTopology.PoolKey(cancel.Pool);
        return new OutgoingMessage(
            WireJson.Write(cancel), properties, key, AmqpTopology.ControlExchange, Mandatory: false);
    }

    /// <param name="patience">How long the asker waits; the broker drops what nobody waits for any more.</param>
    public OutgoingMessage Calls(ClaimCalls calls, string number, TimeSpan patience)
    {
        var properties = Properties(WireTypes.ClaimCalls, Guid.NewGuid().ToString("N"), number);
        properties.Persistent = false;
        properties.ReplyTo = RepliesTo.Direct;
        properties.Expiration = Math.Ceiling(patience.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return new OutgoingMessage(
            WireJson.Write(calls), properties, AmqpTopology.ClaimKey, AmqpTopology.ClaimExchange);
    }

    public OutgoingMessage Answers(ClaimAnswers answers, string replyTo, string? number)
    {
        var properties = Properties(WireTypes.ClaimAnswers, Guid.NewGuid().ToString("N"), number);
        properties.Persistent = false;
        return new OutgoingMessage(WireJson.Write(answers), properties, replyTo, Exchange: string.Empty, Mandatory: false);
    }

    /// <summary>To every node; there may be none. Worth nothing once the next one is due.</summary>
    public OutgoingMessage Beat(WorkerBeat beat)
    {
        var properties = Properties(WireTypes.WorkerBeat, Guid.NewGuid().ToString("N"), correlation: null);
        properties.Persistent = false;
        properties.Expiration = Math.Ceiling(beat.Every.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return new OutgoingMessage(
            WireJson.Write(beat), properties, RoutingKey: string.Empty, AmqpTopology.WorkerExchange, Mandatory: false);
    }

    /// <summary>A message as it came, for people to look at.</summary>
    public OutgoingMessage Parked(IncomingMessage message, string reason)
    {
        var properties = new BasicProperties(message.Properties) { UserId = user, Persistent = true };
        properties.ClearExpiration();
        properties.Headers = new Dictionary<string, object?>(properties.Headers ?? new Dictionary<string, object?>())
        {
            ["x-reason"] = reason,
        };
        return new OutgoingMessage(message.Bytes, properties, AmqpTopology.ParkingQueue, Exchange: string.Empty);
    }

    /// <summary>A result that has come back too often: it goes round again, because no result may be lost.</summary>
    public OutgoingMessage Again(IncomingMessage message)
    {
        var properties = new BasicProperties(message.Properties) { UserId = user, Persistent = true, Headers = null };
        return new OutgoingMessage(message.Bytes, properties, AmqpTopology.ResultKey, AmqpTopology.ResultExchange);
    }

    private BasicProperties Properties(string type, string id, string? correlation) => new()
    {
        MessageId = id,
        Type = type,
        ContentType = "application/json",
        CorrelationId = correlation,
        Persistent = true,
        Timestamp = new AmqpTimestamp(time.GetUtcNow().ToUnixTimeSeconds()),
        UserId = user,
        Headers = new Dictionary<string, object?> { ["x-schema"] = 1 },
    };
}
