namespace Executor.Host.Settings;

/// <summary>Every setting of the executor's processes, each once.</summary>
internal static class HostSettings
{
    public const string Data = "EXECUTOR__DATA";
    public const string Postgres = "EXECUTOR__POSTGRES";
    public const string NodePassword = "EXECUTOR__NODE_PASSWORD";
    public const string RabbitMq = "EXECUTOR__RABBITMQ";
    public const string RabbitMqAuthority = "EXECUTOR__RABBITMQ_AUTHORITY";
    public const string RabbitMqSilence = "EXECUTOR__RABBITMQ_SILENCE";
    public const string RabbitMqUsers = "EXECUTOR__RABBITMQ_USERS";
    public const string Plaintext = "EXECUTOR__RABBITMQ_PLAINTEXT";
    public const string Node = "EXECUTOR__NODE";
    public const string TokenKey = "EXECUTOR__TOKEN_KEY";
    public const string LogLevel = "EXECUTOR__LOG_LEVEL";
    public const string LogFormat = "EXECUTOR__LOG_FORMAT";
    public const string Lease = "EXECUTOR__LEASE";
    public const string ReconcileEvery = "EXECUTOR__RECONCILE_EVERY";
    public const string StaleAfter = "EXECUTOR__STALE_AFTER";
    public const string IdleAfter = "EXECUTOR__IDLE_AFTER";
    public const string Listen = "EXECUTOR__API__LISTEN";
    public const string Authentication = "EXECUTOR__API__AUTHENTICATION";
    public const string ApiCertificate = "EXECUTOR__API__CERTIFICATE";
    public const string ApiCertificatePassword = "EXECUTOR__API__CERTIFICATE_PASSWORD";
    public const string ClusterHost = "EXECUTOR__CLUSTER__HOST";
    public const string ClusterPort = "EXECUTOR__CLUSTER__PORT";
    public const string ClusterBindHost = "EXECUTOR__CLUSTER__BIND_HOST";
    public const string ClusterSeeds = "EXECUTOR__CLUSTER__SEEDS";
    public const string ClusterProfile = "EXECUTOR__CLUSTER__PROFILE";
    public const string ClusterShards = "EXECUTOR__CLUSTER__SHARDS";
    public const string ClusterCertificate = "EXECUTOR__CLUSTER__CERTIFICATE";
    public const string ClusterCertificatePassword = "EXECUTOR__CLUSTER__CERTIFICATE_PASSWORD";
    public const string WorkerName = "EXECUTOR__WORKER__NAME";
    public const string WorkerPools = "EXECUTOR__WORKER__POOLS";
    public const string WorkerParallelism = "EXECUTOR__WORKER__PARALLELISM";
    public const string WorkerDrain = "EXECUTOR__WORKER__DRAIN";
    public const string WorkerHeartbeat = "EXECUTOR__WORKER__HEARTBEAT";

    /// <summary>Of <c>executor serve</c>.</summary>
    public static readonly IReadOnlyList<Setting> Serve =
    [
        new(Data, "Data directory of a server without PostgreSQL.", ".executor"),
        new(Postgres, "Connection string of PostgreSQL: Host=…;Username=…;Password=…;Database=…", IsSecret: true),
        new(RabbitMq, "Address of RabbitMQ: amqp://user:password@host:5672/vhost, or amqps://…", IsSecret: true),
        new(RabbitMqAuthority, "PEM file of the authority that the broker's certificate must be from; else any that the machine trusts."),
        new(RabbitMqSilence, "How long a queue may answer nothing that is published to it before it is called silent; 1s to 10m.", "30s"),
        new(RabbitMqUsers, "Pools of RabbitMQ's users that are not called ex_worker_POOL: user=pool+pool, with commas; *= refuses all others."),
        new(Plaintext, "true allows amqp:// to other machines, where nobody else is in the network.", "false"),
        new(Node, "Name of this node in journal, logs and metrics; 1 to 64 characters.", Environment.MachineName),
        new(TokenKey, "Key of the installation, the same on every node: base64 of at least 32 random bytes.", IsSecret: true),
        new(LogLevel, "DEBUG, INFO, WARNING or ERROR.", "INFO"),
        new(LogFormat, "text, or json: one object a line, with run_id, task and dispatch_id where they are known.", "text"),
        new(Lease, "How long a worker's claim holds without a renewal; 1s to 1h.", "60s"),
        new(ReconcileEvery, "Between two looks for what nobody is looking after; 50ms to 10m.", "15s"),
        new(StaleAfter, "A request that nobody claimed for this long is sent again; 1s to 24h.", "60s"),
        new(IdleAfter, "A run that nobody wrote to for this long goes to sleep; 50ms to 24h.", "10m"),
        new(Listen, "Address of the HTTP API.", "http://127.0.0.1:8080"),
        new(Authentication, "none (on loopback only) or keys.", "none"),
        new(ApiCertificate, "PKCS #12 file with certificate and key of the HTTP API; needed where it listens at https://."),
        new(ApiCertificatePassword, "Its password.", IsSecret: true),
        new(ClusterHost, "Address that the other nodes reach this one at.", "127.0.0.1"),
        new(ClusterPort, "Port of the cluster's own traffic; 0 to 65535, 0 is any free one.", "4053"),
        new(ClusterBindHost, "Address to listen at where it is not the host, as in a container."),
        new(ClusterSeeds, "host:port of nodes to join, with commas, in any order; empty: the only node, or the first."),
        new(ClusterProfile, "lan (2 s to suspicion) or wan (5 s).", "lan"),
        new(ClusterShards, "The same on every node for ever: ten times the largest number of nodes; 1 to 10000.", "60"),
        new(ClusterCertificate, "PKCS #12 file with certificate and key of this node; needed off loopback."),
        new(ClusterCertificatePassword, "Its password.", IsSecret: true),
        new(WorkerParallelism, "Actions at the same time, of a worker or of a server without RabbitMQ; 1 to 10000.", "10"),
        .. LimitSettings.All,
        .. WorkerSettings.All,
    ];

    /// <summary>Of <c>executor work</c>.</summary>
    public static readonly IReadOnlyList<Setting> Work =
    [
        Serve.Single(setting => setting.Name == RabbitMq),
        Serve.Single(setting => setting.Name == RabbitMqAuthority),
        Serve.Single(setting => setting.Name == RabbitMqSilence),
        Serve.Single(setting => setting.Name == Plaintext),
        Serve.Single(setting => setting.Name == LogLevel),
        Serve.Single(setting => setting.Name == LogFormat),
        Serve.Single(setting => setting.Name == WorkerParallelism),
        new(WorkerName, "Name of this worker, one per process; default: machine, process and a random part."),
        new(WorkerPools, "Pools that it takes tasks from, with commas.", "default"),
        new(WorkerHeartbeat, "Between two signs of life of a worker; late after 3 missed, gone after 10; 100ms to 60s.", "5s"),
        new(WorkerDrain, "How long running actions may go on after the worker was told to stop; 0s to 24h.", "30s"),
        .. WorkerSettings.All,
    ];

    /// <summary>Of <c>executor run</c> and <c>executor resume</c>, which have a worker inside.</summary>
    public static readonly IReadOnlyList<Setting> Run = [.. LimitSettings.All, .. WorkerSettings.All];

    /// <summary>Of <c>executor migrate</c>.</summary>
    public static readonly IReadOnlyList<Setting> Migrate =
    [
        Serve.Single(setting => setting.Name == Postgres),
        new(NodePassword, "Password of the role that --node-role names.", IsSecret: true),
    ];

    public static IEnumerable<Setting> All => Serve.Concat(Work).Concat(Run).Concat(Migrate).DistinctBy(setting => setting.Name);

    /// <exception cref="Unusable">It is no duration, or out of range.</exception>
    public static TimeSpan SilenceOf(SettingsReader settings) =>
        settings.Duration(RabbitMqSilence, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));

    public static SettingsReader Read(IReadOnlyList<Setting> known, IReadOnlyDictionary<string, string> environment) =>
        new(known, All, environment);
}
