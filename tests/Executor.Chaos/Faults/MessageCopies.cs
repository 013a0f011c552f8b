using System.Collections.Concurrent;
using Executor.Chaos.Deployment;
using Executor.Messaging.Amqp;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Executor.Chaos.Faults;

/// <summary>Whatever executor and workers say for a while comes twice or three times, in any order, some of it much later.</summary>
internal sealed class MessageCopies(ClusterUnderTest cluster)
{
    /// <summary>Longer than it takes most runs to end.</summary>
    private const double LatestSeconds = 30;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private static readonly (string Exchange, string Key)[] Ways =
    [
        .. new[] { "default", Pools.Further }.Select(pool => (AmqpTopology.TaskExchange, pool)),
        (AmqpTopology.ResultExchange, AmqpTopology.ResultKey),
        (AmqpTopology.ClaimExchange, AmqpTopology.ClaimKey),
    ];

    public async Task<Hit> BreakAsync(PlannedFault planned, CancellationToken stop)
    {
        await using var guest = await BrokerGuest.ComeAsync(cluster, stop);
        var heard = new ConcurrentQueue<Copy>();
        var listener = await ListenAsync(guest.Channel, heard, stop);
        var until = DateTimeOffset.UtcNow + planned.Length;
        var sent = await RepeatAsync(guest.Channel, heard, new Random(planned.Target), until, listener, stop);
        return new Hit($"{sent} copies of messages");
    }

    private static async Task<string> ListenAsync(IChannel channel, ConcurrentQueue<Copy> heard, CancellationToken stop)
    {
        var queue = await channel.QueueDeclareAsync("executor.copies", exclusive: true, cancellationToken: stop);
        foreach (var (exchange, key) in Ways)
        {
            await channel.QueueBindAsync(queue.QueueName, exchange, key, cancellationToken: stop);
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            if (!Copy.IsOne(message.BasicProperties))
            {
                heard.Enqueue(Copy.Of(message.Exchange, message.RoutingKey, message.BasicProperties, message.Body.Span));
            }

            return Task.CompletedTask;
        };
        return await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, stop);
    }

    /// <returns>How many copies were sent; the last one when none waits any more.</returns>
    private static async Task<int> RepeatAsync(
        IChannel channel, ConcurrentQueue<Copy> heard, Random dice, DateTimeOffset until, string listener, CancellationToken stop)
    {
        var (waiting, sent, listens) = (new PriorityQueue<Copy, DateTimeOffset>(), 0, true);
        while (listens || waiting.Count > 0)
        {
            var now = DateTimeOffset.UtcNow;
            while (listens && heard.TryDequeue(out var message))
            {
                for (var copies = dice.Next(1, 3); copies > 0; copies--)
                {
                    waiting.Enqueue(message, now + TimeSpan.FromSeconds(LatestSeconds * Math.Pow(dice.NextDouble(), 3)));
                }
            }

            while (waiting.TryPeek(out _, out var due) && due <= now)
            {
                await waiting.Dequeue().SendAsync(channel, stop);
                sent++;
            }

            if (listens && now > until)
            {
                await channel.BasicCancelAsync(listener, cancellationToken: stop);
                listens = false;
            }

            await Task.Delay(Look, stop);
        }

        return sent;
    }
}
