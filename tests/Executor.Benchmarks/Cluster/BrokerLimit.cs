using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Executor.Benchmarks.Cluster;

/// <summary>What the broker itself takes here: through one quorum queue, published, confirmed, consumed and acknowledged.</summary>
internal static class BrokerLimit
{
    private const int Outstanding = 200;
    private const int Bytes = 1024;
    private const string Queue = "limit";
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    /// <returns>Messages per second that went all the way.</returns>
    public static async Task<double> MessagesPerSecondAsync(Uri broker)
    {
        var factory = new ConnectionFactory { Uri = broker };
        await using var connection = await factory.CreateConnectionAsync();
        await using var publishing = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await using var consuming = await connection.CreateChannelAsync();
        await consuming.QueueDeclareAsync(
            Queue, durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await consuming.BasicQosAsync(0, Outstanding, global: false);
        var acknowledged = 0L;
        var consumer = new AsyncEventingBasicConsumer(consuming);
        consumer.ReceivedAsync += async (_, message) =>
        {
            await consuming.BasicAckAsync(message.DeliveryTag, multiple: false);
            Interlocked.Increment(ref acknowledged);
        };
        await consuming.BasicConsumeAsync(Queue, autoAck: false, consumer);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Outstanding).Select(_ => Task.Run(async () =>
        {
            var properties = new BasicProperties { Persistent = true };
            var body = new byte[Bytes];
            while (clock.Elapsed < Window)
            {
                await publishing.BasicPublishAsync("", Queue, mandatory: true, properties, body);
            }
        })));
        var rate = Interlocked.Read(ref acknowledged) / clock.Elapsed.TotalSeconds;
        await consuming.QueueDeleteAsync(Queue);
        return rate;
    }
}
