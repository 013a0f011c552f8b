using System.Collections.Immutable;
using RabbitMQ.Client;

namespace Executor.Messaging.Amqp;

/// <summary>A queue: durable, for everybody, kept without consumers, unless said otherwise.</summary>
public sealed record QueueDeclaration : IDeclaration
{
    private QueueDeclaration(string name) => Name = name;

    public string Name { get; }

    public bool Durable { get; private init; } = true;

    public bool Exclusive { get; private init; }

    public bool AutoDelete { get; private init; }

    public ImmutableSortedDictionary<string, object?> Arguments { get; private init; } =
        ImmutableSortedDictionary.Create<string, object?>(StringComparer.Ordinal);

    public static QueueDeclaration Create(string name) => new(name);

    public QueueDeclaration WithDurable(bool durable) => this with { Durable = durable };

    public QueueDeclaration WithExclusive(bool exclusive) => this with { Exclusive = exclusive };

    public QueueDeclaration WithAutoDelete(bool autoDelete) => this with { AutoDelete = autoDelete };

    public QueueDeclaration WithArgument(string name, object? value) =>
        this with { Arguments = Arguments.SetItem(name, value) };

    public Task DeclareAsync(IChannel channel, CancellationToken stop) => channel.QueueDeclareAsync(
        Name, Durable, Exclusive, AutoDelete, Arguments.ToDictionary(), passive: false, noWait: false, stop);

    public Task VerifyAsync(IChannel channel, CancellationToken stop) =>
        channel.QueueDeclarePassiveAsync(Name, stop);
}
