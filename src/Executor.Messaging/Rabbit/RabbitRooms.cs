using Akka.Actor;
using Akka.Configuration;
using Akka.Streams;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Executor.Messaging.Rabbit;

/// <summary>What the ports of one process share: two connections, the streams between them.</summary>
internal sealed class RabbitRooms : IAsyncDisposable
{
    // Silent, because the standard output belongs to whoever uses us; what matters is told through our own log.
    private static readonly Config Quiet = ConfigurationFactory.ParseString("""
        akka {
          stdout-loglevel = OFF
          loglevel = OFF
          loggers = []
          log-dead-letters = off
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        """);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ActorSystem _streams;
    private readonly CancellationTokenSource _end = new();

    public RabbitRooms(AmqpOptions options, TimeProvider time, ILogger log)
    {
        options.Check();
        Options = options;
        Time = time;
        Log = log;
        var address = new AmqpAddress(options);
        Topology = new AmqpTopology(options);
        Consuming = new AmqpConnection(address, options.Name + ":consume", log);
        Publishing = new AmqpConnection(address, options.Name + ":publish", log);
        _streams = ActorSystem.Create("executor-messaging", Quiet);
        Materializer = _streams.Materializer();
        Intake = new Intake(Materializer, log);
        Letters = new Letters(address.User, time);
        Senders = new Senders(options.PoolUsers, address.User);
        Outbox = new Outbox(Materializer, AmqpSinkSettings.Create(Publishing)
            .WithDeclarations(Topology.Common).WithWindow(options.Window).WithWaitForConfirms(options.ConfirmPatience),
            options.SilencePatience, time, log);
    }

    public AmqpOptions Options { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    public AmqpTopology Topology { get; }

    /// <summary>Apart from the other, because the broker stops reading a publisher when its memory is short.</summary>
    public AmqpConnection Consuming { get; }

    public AmqpConnection Publishing { get; }

    public IMaterializer Materializer { get; }

    public Intake Intake { get; }

    public Letters Letters { get; }

    public Senders Senders { get; }

    public Outbox Outbox { get; }

    /// <summary>Set when everything here ends.</summary>
    public CancellationToken Ended => _end.Token;

    /// <summary>Has a channel of the publishing connection used, again and again, until everything ends.</summary>
    /// <param name="use">Returns when the channel is of no use any more.</param>
    public async Task KeepChannelAsync(string purpose, Func<IChannel, Task> use)
    {
        while (!Ended.IsCancellationRequested)
        {
            try
            {
                var connection = await Publishing.OpenAsync(Ended);
                await Declaring.DeclareAsync(connection, Topology.Common, Ended);
                await using var channel = await connection.CreateChannelAsync(options: null, Ended);
                await use(channel);
            }
            catch (Exception lost) when (AmqpFailure.IsBroker(lost) || lost is AmqpTopologyException)
            {
                if (!Ended.IsCancellationRequested)
                {
                    Log.LogInformation("The channel of {Purpose} is lost: {Problem}", purpose, AmqpFailure.Sentence(lost));
                }
            }

            await Task.Delay(Pause, Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <exception cref="AmqpUnavailableException">The broker does not answer in time, or does not let us in.</exception>
    /// <exception cref="AmqpTopologyException">What is there is not what this version needs.</exception>
    public async Task StartAsync(IReadOnlyList<string> pools, CancellationToken stop)
    {
        var connections = await Task.WhenAll(
            Consuming.OpenAsync(Options.StartPatience, stop), Publishing.OpenAsync(Options.StartPatience, stop));
        await Declaring.DeclareAsync(
            connections[0], [.. Topology.Common, .. pools.SelectMany(Topology.Pool)], stop);
    }

    /// <summary>It can never be read, so it must not come again.</summary>
    public async Task BuryAsync(InHand hand, MalformedMessageException malformed, string queue)
    {
        Log.LogWarning(
            "A message of {Queue} cannot be read and goes to the dead letters (id {MessageId}, user {User}): {Problem}",
            queue, hand.Message.Properties.MessageId, hand.Message.Properties.UserId, malformed.Message);
        await hand.BuryAsync();
    }

    /// <summary>Keeps a message for people. Whoever parks settles afterwards, so a crash parks it twice at worst.</summary>
    public async Task<bool> ParkAsync(IncomingMessage message, string reason, CancellationToken stop)
    {
        Log.LogWarning(
            "A message goes to {Queue} (id {MessageId}, type {Type}, user {User}): {Reason}", AmqpTopology.ParkingQueue,
            message.Properties.MessageId, message.Properties.Type, message.Properties.UserId, reason);
        return await Outbox.SendAsync(Letters.Parked(message, reason), stop) is PublishOutcome.Confirmed;
    }

    public async ValueTask DisposeAsync()
    {
        await Outbox.DisposeAsync();
        await _end.CancelAsync();
        await _streams.Terminate();
        await Consuming.DisposeAsync();
        await Publishing.DisposeAsync();
    }
}
