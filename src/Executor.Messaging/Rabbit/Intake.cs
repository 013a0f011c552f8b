using System.Runtime.CompilerServices;
using Akka.Streams;
using Akka.Streams.Dsl;
using Executor.Messaging.Amqp;
using Executor.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace Executor.Messaging.Rabbit;

/// <summary>Reads a queue for as long as its reader wants, whatever happens to connections meanwhile.</summary>
internal sealed class Intake(IMaterializer materializer, ILogger log)
{
    private static readonly RestartSettings Restarts = RestartSettings.Create(
        TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), 0.2);

    /// <summary>What is not settled when the reader leaves, or <paramref name="stop"/> is set, goes back at once.</summary>
    /// <param name="settings">Asked anew for each consumer.</param>
    public async IAsyncEnumerable<InHand> ReadAsync(
        Func<NamedQueueSourceSettings> settings, int prefetch, [EnumeratorCancellation] CancellationToken stop)
    {
        var (end, arrived) = RestartSource
            .WithBackoff(() => AmqpSource.CommittableSource(settings(), prefetch).SelectError(Told), Restarts)
            .ViaMaterialized(KillSwitches.Single<CommittableMessage>(), Keep.Right)
            .ToMaterialized(ChannelSink.AsReader<CommittableMessage>(prefetch, singleReader: true), Keep.Both)
            .Run(materializer);
        var reader = new Presence();
        try
        {
            using var leaving = stop.UnsafeRegister(_ => Leave(reader, end), null);
            await foreach (var message in arrived.ReadAllAsync(stop))
            {
                BrokerMeter.Came(message.Message);
                yield return new InHand(message, reader);
            }

            // The stream ends by itself only with its materializer; a reader that was told to stop hears that.
            stop.ThrowIfCancellationRequested();
        }
        finally
        {
            Leave(reader, end);
        }
    }

    private static void Leave(Presence reader, UniqueKillSwitch end)
    {
        reader.Leave();
        end.Shutdown();
    }

    private Exception Told(Exception failure)
    {
        if (failure is AmqpTopologyException)
        {
            log.LogError("A queue cannot be read: {Problem}", failure.Message);
        }
        else
        {
            log.LogInformation("A queue is read again after: {Problem}", AmqpFailure.Sentence(failure));
        }

        return failure;
    }
}
