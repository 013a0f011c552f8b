using System.Collections.Immutable;

namespace Executor.Messaging.Amqp;

/// <summary>Where messages go, and what must exist for that.</summary>
public sealed record AmqpSinkSettings
{
    private AmqpSinkSettings(AmqpConnection connection) => Connection = connection;

    public AmqpConnection Connection { get; }

    /// <summary>For messages that name none; empty is the broker's default one, whose keys are queues.</summary>
    public string Exchange { get; private init; } = string.Empty;

    /// <summary>Made anew for each channel.</summary>
    public ImmutableArray<IDeclaration> Declarations { get; private init; } = [];

    /// <summary>Messages on their way at a time: 100 to 200 give most of the throughput at a tenth of the latency of 1000.</summary>
    public int Window { get; private init; } = 200;

    /// <summary>For the broker and for each confirm; later the fate of a message is unknown.</summary>
    public TimeSpan ConfirmPatience { get; private init; } = TimeSpan.FromSeconds(30);

    public static AmqpSinkSettings Create(AmqpConnection connection) => new(connection);

    public AmqpSinkSettings WithExchange(string exchange) => this with { Exchange = exchange };

    /// <summary>Adds to those that are there.</summary>
    public AmqpSinkSettings WithDeclarations(params IEnumerable<IDeclaration> declarations) =>
        this with { Declarations = Declarations.AddRange(declarations) };

    public AmqpSinkSettings WithWindow(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return this with { Window = window };
    }

    public AmqpSinkSettings WithWaitForConfirms(TimeSpan patience) => this with { ConfirmPatience = patience };
}
