using RabbitMQ.Client;

namespace Executor.Messaging.Amqp;

/// <summary>Messages of an exchange with exactly this key go to the queue.</summary>
public sealed record BindingDeclaration : IDeclaration
{
    private BindingDeclaration(string queue, string exchange) => (Queue, Exchange) = (queue, exchange);

    public string Queue { get; }

    public string Exchange { get; }

    public string RoutingKey { get; private init; } = string.Empty;

    public static BindingDeclaration Create(string queue, string exchange) => new(queue, exchange);

    public BindingDeclaration WithRoutingKey(string key) => this with { RoutingKey = key };

    public Task DeclareAsync(IChannel channel, CancellationToken stop) =>
        channel.QueueBindAsync(Queue, Exchange, RoutingKey, arguments: null, noWait: false, stop);

    /// <summary>AMQP has no question for bindings: where one lacks, a mandatory message comes back.</summary>
    public Task VerifyAsync(IChannel channel, CancellationToken stop) => Task.CompletedTask;
}
