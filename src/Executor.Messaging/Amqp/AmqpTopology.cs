using System.Buffers;

namespace Executor.Messaging.Amqp;

/// <summary>Every exchange, queue, key and binding between executor and workers. Declared by both sides before use.</summary>
/// <remarks>
/// Keys are exact; nobody publishes with a key that leads back to himself. A request that cannot be handled goes to the
/// dead letters, which become failed attempts; what cannot even be read is parked for people.
/// </remarks>
public sealed class AmqpTopology(AmqpOptions options)
{
    public const string TaskExchange = "executor.tasks";
    public const string ResultExchange = "executor.results";
    public const string ClaimExchange = "executor.claims";
    public const string ControlExchange = "executor.control";
    public const string DeadExchange = "executor.dead";

    /// <summary>What workers say about themselves, to every node.</summary>
    public const string WorkerExchange = "executor.workers";

    public const string ResultQueue = "executor.results";
    public const string ClaimQueue = "executor.claims";
    public const string DeadLetterQueue = "executor.dead.letters";

    /// <summary>Messages that nobody will ever handle, the newest ones, for people to look at.</summary>
    public const string ParkingQueue = "executor.dead.parked";

    public const string ResultKey = "result";
    public const string ClaimKey = "claim";

    private const int LongestName = 100;
    private const int MostParked = 10_000;
    private const int MostBeats = 10_000;

    // RabbitMQ 4 drops what comes back 20 times where nothing is said, and 3 knows no number for "never".
    private const int NoLimit = 1_000_000_000;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>What is there for all pools.</summary>
    public IReadOnlyList<IDeclaration> Common { get; } =
    [
        ExchangeDeclaration.Create(DeadExchange, "fanout"),
        Quorum(DeadLetterQueue, NoLimit),
        BindingDeclaration.Create(DeadLetterQueue, DeadExchange),
        Quorum(ParkingQueue, NoLimit).WithArgument("x-max-length", MostParked).WithArgument("x-overflow", "drop-head"),
        ExchangeDeclaration.Create(TaskExchange, "direct"),
        ExchangeDeclaration.Create(ResultExchange, "direct"),
        DeadLettering(Quorum(ResultQueue, NoLimit)),
        BindingDeclaration.Create(ResultQueue, ResultExchange).WithRoutingKey(ResultKey),
        ExchangeDeclaration.Create(ClaimExchange, "direct"),
        QueueDeclaration.Create(ClaimQueue).WithArgument("x-message-ttl", 30_000),
        BindingDeclaration.Create(ClaimQueue, ClaimExchange).WithRoutingKey(ClaimKey),
        ExchangeDeclaration.Create(ControlExchange, "topic"),
        ExchangeDeclaration.Create(WorkerExchange, "fanout"),
    ];

    /// <summary>Pools and workers are parts of routing keys, so they hold nothing that means more there.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    public static string TaskQueue(string pool) => $"{TaskExchange}.{Checked(pool)}";

    public static string WorkerKey(string worker) => $"worker.{Checked(worker)}";

    public static string PoolKey(string pool) => $"pool.{Checked(pool)}";

    /// <summary>The queue of one pool's requests.</summary>
    public IReadOnlyList<IDeclaration> Pool(string pool) =>
    [
        DeadLettering(Quorum(TaskQueue(pool), options.DeliveryLimit)).WithArgument("x-max-length", options.QueueLimit),
        BindingDeclaration.Create(TaskQueue(pool), TaskExchange).WithRoutingKey(pool),
    ];

    /// <summary>A queue for the cancel requests of one worker, gone with its connection.</summary>
    /// <param name="queue">Begins with <c>executor.control.POOL.</c>, as the worker's rights say.</param>
    public static IReadOnlyList<IDeclaration> Control(string queue, string worker, IReadOnlyList<string> pools) =>
    [
        QueueDeclaration.Create(queue).WithDurable(false).WithExclusive(true).WithAutoDelete(true),
        BindingDeclaration.Create(queue, ControlExchange).WithRoutingKey(WorkerKey(worker)),
        .. pools.Select(pool => BindingDeclaration.Create(queue, ControlExchange).WithRoutingKey(PoolKey(pool))),
    ];

    /// <summary>A queue for what workers say about themselves, of one node, gone with its connection.</summary>
    public static IReadOnlyList<IDeclaration> Workers(string queue) =>
    [
        QueueDeclaration.Create(queue).WithDurable(false).WithExclusive(true).WithAutoDelete(true)
            .WithArgument("x-max-length", MostBeats).WithArgument("x-overflow", "drop-head"),
        BindingDeclaration.Create(queue, WorkerExchange),
    ];

    private static QueueDeclaration Quorum(string name, int deliveryLimit) => QueueDeclaration.Create(name)
        .WithArgument("x-queue-type", "quorum").WithArgument("x-delivery-limit", deliveryLimit);

    // At least once needs that a full dead letter queue can say no, hence the overflow.
    private static QueueDeclaration DeadLettering(QueueDeclaration queue) => queue
        .WithArgument("x-dead-letter-exchange", DeadExchange)
        .WithArgument("x-dead-letter-strategy", "at-least-once")
        .WithArgument("x-overflow", "reject-publish");

    private static string Checked(string name) => IsName(name)
        ? name
        : throw new ArgumentException($"'{name}' is no name for a pool or worker: 1 to {LongestName} of [A-Za-z0-9._-].");
}
