using RabbitMQ.Client;

namespace Executor.Messaging.Amqp;

/// <summary>An exchange: durable, and kept without bindings, unless said otherwise.</summary>
public sealed record ExchangeDeclaration : IDeclaration
{
    private ExchangeDeclaration(string name, string type) => (Name, Type) = (name, type);

    public string Name { get; }

    /// <summary>direct, fanout, topic or headers.</summary>
    public string Type { get; }

    public bool Durable { get; private init; } = true;

    public bool AutoDelete { get; private init; }

    public static ExchangeDeclaration Create(string name, string type) => new(name, type);

    public ExchangeDeclaration WithDurable(bool durable) => this with { Durable = durable };

    public ExchangeDeclaration WithAutoDelete(bool autoDelete) => this with { AutoDelete = autoDelete };

    public Task DeclareAsync(IChannel channel, CancellationToken stop) => channel.ExchangeDeclareAsync(
        Name, Type, Durable, AutoDelete, arguments: null, passive: false, noWait: false, stop);

    public Task VerifyAsync(IChannel channel, CancellationToken stop) =>
        channel.ExchangeDeclarePassiveAsync(Name, stop);
}
