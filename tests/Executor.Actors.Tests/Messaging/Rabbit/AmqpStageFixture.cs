using System.Text;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Executor.Messaging.Amqp;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>A vhost, a connection and a materializer for tests of single stages.</summary>
public abstract class AmqpStageFixture : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create(
        "stages", "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }");

    private protected IMaterializer Materializer => field ??= _system.Materializer();

    private protected RabbitServer Server { get; } = RabbitServer.Shared;

    private protected string Vhost { get; private set; } = string.Empty;

    private protected AmqpConnection Connection { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Vhost = await Server.CreateVhostAsync();
        Connection = Connect();
    }

    public async Task DisposeAsync()
    {
        await _system.Terminate();
        await Connection.DisposeAsync();
        await Server.DeleteVhostAsync(Vhost);
    }

    private protected AmqpConnection Connect(Uri? address = null)
    {
        var options = RabbitWorld.Options(Server, Vhost);
        options.Address = address ?? options.Address;
        return new AmqpConnection(new AmqpAddress(options), Vhost, NullLogger.Instance);
    }

    private protected static OutgoingMessage Message(string text, string key = "q", string? exchange = null) => new(
        Encoding.UTF8.GetBytes(text), new BasicProperties { MessageId = text, Persistent = true }, key, exchange);

    private protected static string Text(CommittableMessage message) =>
        Encoding.UTF8.GetString(message.Message.Bytes.Span);

    private protected NamedQueueSourceSettings Queue(string name = "q") =>
        NamedQueueSourceSettings.Create(Connection, name).WithDeclarations(Quorum(name));

    private protected AmqpSinkSettings Sink(string name = "q") =>
        AmqpSinkSettings.Create(Connection).WithDeclarations(Quorum(name)).WithWindow(100);

    private protected static QueueDeclaration Quorum(string name) =>
        QueueDeclaration.Create(name).WithArgument("x-queue-type", "quorum");

    private protected async Task<PublishOutcome[]> PublishAsync(
        AmqpSinkSettings settings, params OutgoingMessage[] messages)
    {
        var sent = await Source.From(messages).Select(message => (message, message.RoutingKey))
            .Via(AmqpFlow.Create<string>(settings))
            .RunWith(Akka.Streams.Dsl.Sink.Seq<(PublishOutcome Outcome, string)>(), Materializer);
        return [.. sent.Select(each => each.Outcome)];
    }

    private protected async Task<uint> ReadyAsync(string queue)
    {
        var connection = await Connection.OpenAsync(CancellationToken.None);
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }
}
