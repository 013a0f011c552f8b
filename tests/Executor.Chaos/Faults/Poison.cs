using System.Text;
using Executor.Chaos.Deployment;
using Executor.Messaging.Amqp;
using RabbitMQ.Client;

namespace Executor.Chaos.Faults;

/// <summary>Messages that can never be handled, on every way that messages take. Each must be kept for people after one try.</summary>
internal sealed class Poison(ClusterUnderTest cluster)
{
    private const string Prefix = "poison-";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly (string Exchange, string Key, string User, string Type)[] Ways =
    [
        (AmqpTopology.TaskExchange, "default", "ex_node", "task.request.v1"),
        (AmqpTopology.TaskExchange, Pools.Further, "ex_node", "task.request.v1"),
        (AmqpTopology.ResultExchange, AmqpTopology.ResultKey, "ex_worker_default", "task.result.v1"),
        (AmqpTopology.ClaimExchange, AmqpTopology.ClaimKey, "ex_worker_default", "claim.calls.v1"),
    ];

    public async Task<Hit> BreakAsync(CancellationToken stop)
    {
        await using var guest = await BrokerGuest.ComeAsync(cluster, stop);
        var sent = new HashSet<string>();
        foreach (var (exchange, key, user, type) in Ways)
        {
            foreach (var (body, properties) in Kinds(user, type))
            {
                properties.MessageId = $"{Prefix}{Guid.NewGuid():N}";
                sent.Add(properties.MessageId);
                await guest.Channel.BasicPublishAsync(exchange, key, mandatory: true, properties, body, stop);
            }
        }

        await AreParkedAsync(guest.Channel, sent, stop);
        return new Hit($"{sent.Count} messages");
    }

    /// <summary>
    /// A broker that is killed brings back what was taken away just before, or parks it once more: it is taken away again.
    /// What else is parked stays there to be found.
    /// </summary>
    public static async Task TakeAgainAsync(ClusterUnderTest cluster, CancellationToken stop)
    {
        await using var guest = await BrokerGuest.ComeAsync(cluster, stop);
        while (await guest.Channel.BasicGetAsync(AmqpTopology.ParkingQueue, autoAck: false, stop) is { } message)
        {
            if (!IsOurs(message))
            {
                await guest.Channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true, stop);
                return;
            }

            await guest.Channel.BasicAckAsync(message.DeliveryTag, multiple: false, stop);
        }
    }

    private static bool IsOurs(BasicGetResult message) =>
        message.BasicProperties.MessageId?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    private static (byte[] Body, BasicProperties Properties)[] Kinds(string user, string type)
    {
        var deep = new string('[', 100_000);
        var bomb = Of(user, type);
        bomb.Headers = Enumerable.Range(0, 500).ToDictionary(number => $"h{number}", object? (_) => new string('x', 100));
        return
        [
            ([], Of(user, type)),
            ("{"u8.ToArray(), Of(user, type)),
            ("{}"u8.ToArray(), Of(user, type)),
            ([0xFF, 0xFE, 0x00], Of(user, type)),
            (Encoding.UTF8.GetBytes(deep), Of(user, type)),
            ("{}"u8.ToArray(), Of(user, "nobody.knows.v9")),
            ("{}"u8.ToArray(), new BasicProperties { UserId = user }),
            (new byte[5 << 20], Of(user, type)),
            ("[]"u8.ToArray(), bomb),
        ];
    }

    private static BasicProperties Of(string user, string type) => new() { UserId = user, Type = type, Persistent = true };

    /// <summary>Takes them away again, as an operator does who has looked at them.</summary>
    /// <exception cref="HarnessException">Not all are parked, or something else is, too.</exception>
    private static async Task AreParkedAsync(IChannel channel, HashSet<string> sent, CancellationToken stop)
    {
        var parked = new HashSet<string>();
        var until = DateTimeOffset.UtcNow + Patience;
        while (parked.Count < sent.Count)
        {
            if (await channel.BasicGetAsync(AmqpTopology.ParkingQueue, autoAck: true, stop) is { } message)
            {
                var (id, type) = (message.BasicProperties.MessageId ?? "", message.BasicProperties.Type);
                if (!IsOurs(message))
                {
                    throw new HarnessException($"Beside the poison a message {type} {id} is parked.");
                }

                // What was taken away before may have come back: see TakeAgainAsync.
                if (sent.Contains(id))
                {
                    parked.Add(id);
                }
            }
            else if (DateTimeOffset.UtcNow > until)
            {
                throw new HarnessException(
                    $"{sent.Count - parked.Count} messages that nobody can read are not parked within {Patience}.");
            }
            else
            {
                await Task.Delay(100, stop);
            }
        }
    }
}
