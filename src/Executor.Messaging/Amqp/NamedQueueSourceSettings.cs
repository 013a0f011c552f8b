using System.Collections.Immutable;

namespace Executor.Messaging.Amqp;

/// <summary>A queue to be read, and what must exist for that.</summary>
public sealed record NamedQueueSourceSettings
{
    private NamedQueueSourceSettings(AmqpConnection connection, string queue) => (Connection, Queue) = (connection, queue);

    public AmqpConnection Connection { get; }

    public string Queue { get; }

    /// <summary>Made anew each time the source starts, so a deleted queue comes back.</summary>
    public ImmutableArray<IDeclaration> Declarations { get; private init; } = [];

    public bool Exclusive { get; private init; }

    public static NamedQueueSourceSettings Create(AmqpConnection connection, string queue) => new(connection, queue);

    /// <summary>Adds to those that are there.</summary>
    public NamedQueueSourceSettings WithDeclarations(params IEnumerable<IDeclaration> declarations) =>
        this with { Declarations = Declarations.AddRange(declarations) };

    public NamedQueueSourceSettings WithExclusive(bool exclusive) => this with { Exclusive = exclusive };
}
