using System.Net;
using System.Net.Sockets;
using Executor.Actors.Cluster;
using Executor.Actors.Journal;
using Executor.Actors.Tests.Engine;
using Executor.Actors.Tests.Fakes;
using Executor.Actors.Tests.Messaging.Rabbit;
using Executor.Actors.Tests.Servers;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Messaging;
using Executor.Storage.Postgres;
using Npgsql;

namespace Executor.Actors.Tests.Cluster;

/// <summary>Nodes of one cluster in this process, with a schema and a vhost of their own.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TestNode _database;
    private readonly string _vhost;
    private readonly List<IAsyncDisposable> _opened = [];

    private TestCluster(TestNode database, string vhost)
    {
        _database = database;
        _vhost = vhost;
    }

    public List<Node> Nodes { get; } = [];

    /// <summary>The same on all nodes.</summary>
    public InMemoryWorkflows Workflows { get; } = new();

    public static async Task<TestCluster> EmptyAsync() =>
        new(await TestNode.MadeAsync(), await RabbitServer.Shared.CreateVhostAsync());

    public static async Task<TestCluster> StartAsync(int nodes)
    {
        var cluster = await EmptyAsync();
        var ports = FreePorts(nodes);
        await Task.WhenAll(ports.Select(port => cluster.AddAsync(port, ports)));
        await cluster.AreUpAsync(nodes);
        return cluster;
    }

    /// <param name="seeds">Ports; its own may be among them.</param>
    /// <param name="charter">Null: that of the database.</param>
    /// <param name="settings">HOCON that goes before everything.</param>
    public async Task AddAsync(
        int port, int[] seeds, IClusterCharter? charter = null, int deadAfterBeats = 100, string settings = "")
    {
        var options = new ClusterOptions
        {
            Port = port,
            Seeds = [.. seeds.Select(seed => $"127.0.0.1:{seed}")],
            Shards = 20,
            Beat = TimeSpan.FromMilliseconds(200),
            DeadAfterBeats = deadAfterBeats,
        };
        var node = await Node.StartAsync(_database.Options, MessagingOptions, options, charter, Workflows, settings);
        lock (Nodes)
        {
            Nodes.Add(node);
        }
    }

    public Task AreUpAsync(int count) => Eventually.IsAsync(
        () => Nodes.Where(node => !node.System.WhenStopped.IsCompleted)
            .All(node => node.System.Cluster!.Members.Count(member => member is { Status: "up", IsReachable: true }) == count),
        CancellationToken.None);

    /// <summary>It says good-bye to nobody, where its settings keep it from leaving in order.</summary>
    public async Task KillAsync(Node node)
    {
        Nodes.Remove(node);
        await node.System.System.Terminate();
        await node.Messaging.DisposeAsync();
        await node.Stores.DisposeAsync();
    }

    /// <summary>Over a connection of its own, as a process of its own has one.</summary>
    public async Task<IWorkerLink> LinkAsync()
    {
        var messaging = await RabbitMessaging.ForWorkerAsync(MessagingOptions, ["default"], CancellationToken.None);
        _opened.Add(messaging);
        return messaging.Link;
    }

    /// <summary>What everybody reads, as somebody who may write all of it.</summary>
    public async Task<PostgresStores> StoresAsync()
    {
        var stores = await _database.Schema.OpenAsync();
        _opened.Add(stores);
        return stores;
    }

    /// <summary>To the database of all, as nobody's program sees it.</summary>
    public Task<NpgsqlConnection> ConnectAsync() => _database.Schema.ConnectAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }

        await Task.WhenAll(Nodes.Select(node => node.DisposeAsync().AsTask()));
        await _database.DisposeAsync();
        await RabbitServer.Shared.DeleteVhostAsync(_vhost);
    }

    /// <summary>Of this machine, at this moment.</summary>
    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }

    private AmqpOptions MessagingOptions => RabbitWorld.Options(RabbitServer.Shared, _vhost);

    internal sealed record Node(PostgresStores Stores, ExecutorMessaging Messaging, ExecutorSystem System, int Port)
        : IAsyncDisposable
    {
        public static async Task<Node> StartAsync(
            PostgresOptions database, AmqpOptions broker, ClusterOptions cluster, IClusterCharter? charter,
            IWorkflowFinder workflows, string settings)
        {
            var stores = await PostgresStores.OpenAsync(database, CancellationToken.None);
            var messaging = await RabbitMessaging.ForExecutorAsync(broker, CancellationToken.None);
            try
            {
                var ports = new ActorsPorts(
                    stores.Guard, stores.Executions, stores.Catalog, stores.DueTimes, messaging.Tasks, messaging.Results,
                    messaging.Claims)
                {
                    Charter = charter ?? stores.Charter,
                    Workflows = workflows,
                    Inquiries = stores.Inquiries,
                    LargeResults = stores.Results,
                };
                var system = await ExecutorSystem.StartAsync(
                    OptionsOf(database, cluster) with { Settings = settings }, ports, CancellationToken.None);
                return new Node(stores, messaging, system, cluster.Port);
            }
            catch
            {
                await messaging.DisposeAsync();
                await stores.DisposeAsync();
                throw;
            }
        }

        public async Task StartRunAsync(RunId run, string yaml)
        {
            using var late = new CancellationTokenSource(Patience);
            var accepted = await System.StartRunAsync(
                run, TestEngine.Workflow(yaml), Value.Map.Empty, RunLimits.Default, null, late.Token);
            Assert.Null(accepted.Refusal);
        }

        /// <summary>From whatever node the run is on.</summary>
        public async Task<RunView> EndOfAsync(RunId run)
        {
            using var late = new CancellationTokenSource(Patience);
            await foreach (var advanced in System.FollowAsync(run, late.Token))
            {
                if (advanced.HasEnded)
                {
                    return (await System.ReportAsync(run, late.Token)).View;
                }
            }

            throw new InvalidOperationException($"Run {run} was followed to its end, but has not ended.");
        }

        public async ValueTask DisposeAsync()
        {
            await System.DisposeAsync();
            await Messaging.DisposeAsync();
            await Stores.DisposeAsync();
        }

        private static ActorsOptions OptionsOf(PostgresOptions database, ClusterOptions cluster) => new()
        {
            Journal = database.JournalConnection,
            JournalDatabase = JournalDatabase.Postgres,
            TokenKey = new byte[32],
            Node = $"node-{cluster.Port}",
            LogLevel = "ERROR",
            ReconcileEvery = TimeSpan.FromSeconds(1),
            StaleAfter = TimeSpan.FromSeconds(10),
            LongestRestartPause = TimeSpan.FromSeconds(1),
            // The workers of these tests renew nothing.
            Lease = TimeSpan.FromMinutes(10),
            Cluster = cluster,
        };
    }
}
