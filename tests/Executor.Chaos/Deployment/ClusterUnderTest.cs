using Executor.Chaos.Processes;

namespace Executor.Chaos.Deployment;

/// <summary>A whole installation on loopback: database, broker, nodes, workers; all of it private.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private readonly Guardian _guardian;
    private readonly string _directory;

    public ClusterUnderTest(string directory)
    {
        _directory = directory;
        Directory.CreateDirectory(Path.Combine(directory, "log"));
        _guardian = new Guardian(directory, Places.ServerScripts);
        Servers = new Servers(directory);
    }

    public Secrets Secrets { get; } = new();

    public Servers Servers { get; }

    public BrokerApi Broker { get; private set; } = null!;

    public IReadOnlyList<Node> Nodes { get; private set; } = [];

    public IReadOnlyList<Supervised> Workers { get; private set; } = [];

    public string Ledger => Path.Combine(_directory, "ledger.log");

    public string Logs => Path.Combine(_directory, "log");

    public async Task StartAsync(int nodes, CancellationToken stop)
    {
        await Servers.StartAsync();
        Broker = new BrokerApi(Servers);
        await Broker.DefineAsync(await DefinitionsAsync(stop), stop);
        await Script.RunAsync(Places.Executor, ["migrate", "--node-role", "ex_node"], new Dictionary<string, string>
        {
            ["EXECUTOR__POSTGRES"] = Servers.Database,
            ["EXECUTOR__NODE_PASSWORD"] = Secrets.NodeDatabase,
        });
        Nodes = MakeNodes(nodes);
        Workers =
        [
            .. Enumerable.Range(1, 2).Select(number => LedgerWorkerOf($"default.w{number}")),
            .. Enumerable.Range(1, 2).Select(number => ShellWorkerOf($"shell.w{number}")),
        ];
        foreach (var process in Nodes.Select(node => node.Process).Concat(Workers))
        {
            process.Start();
        }

        await AllReadyAsync(StartPatience, stop);
    }

    /// <exception cref="NotBackException">A node is not ready within the patience.</exception>
    public async Task AllReadyAsync(TimeSpan patience, CancellationToken stop)
    {
        var until = DateTimeOffset.UtcNow + patience;
        foreach (var node in Nodes)
        {
            while (!await node.IsReadyAsync(stop))
            {
                if (DateTimeOffset.UtcNow > until)
                {
                    throw new NotBackException(
                        $"{node.Name} (process {node.Process.Id}) is not ready at {DateTimeOffset.UtcNow:HH:mm:ss}, after {patience}.");
                }

                await Task.Delay(200, stop);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Workers.Select(worker => worker.DisposeAsync().AsTask())
            .Concat(Nodes.Select(node => node.DisposeAsync().AsTask())));
        await Servers.DisposeAsync();
        Broker?.Dispose();
        _guardian.Dispose();
    }

    /// <summary>The rights of a real deployment, and a second pool with the same ones.</summary>
    private async Task<string> DefinitionsAsync(CancellationToken stop)
    {
        var template = await File.ReadAllTextAsync(
            Path.Combine(Places.Root, "docker/definitions.json.template"), stop);
        return Pools.With(template, "shell")
            .Replace("@NODE@", Secrets.NodeBroker, StringComparison.Ordinal)
            .Replace("@WORKER@", Secrets.WorkerBroker, StringComparison.Ordinal);
    }

    private List<Node> MakeNodes(int count)
    {
        var ports = Ports.Free(2 * count);
        var seeds = string.Join(',', ports.Take(count).Select(port => $"127.0.0.1:{port}"));
        var database = $"Host=127.0.0.1;Port={Servers.DatabasePort};Username=ex_node;Password={Secrets.NodeDatabase};Database=postgres";
        return
        [
            .. Enumerable.Range(0, count).Select(number =>
            {
                var name = $"node{number + 1}";
                var api = new Uri($"http://127.0.0.1:{ports[count + number]}/");
                var environment = Node.Environment(
                    name, database, Address("ex_node", Secrets.NodeBroker), Secrets.TokenKey, ports[number], seeds, api);
                return new Node(name, api, () => Launch(Places.Executor, ["serve"], environment, name));
            }),
        ];
    }

    private Supervised LedgerWorkerOf(string name) => new(name, () => Launch(
        Places.Chaos, ["worker", name, Ledger], new Dictionary<string, string>
        {
            ["CHAOS_BROKER"] = Address("ex_worker_default", Secrets.WorkerBroker),
        },
        name));

    private Supervised ShellWorkerOf(string name) => new(name, () => Launch(
        Places.Executor, ["work", "--pools", "shell"], new Dictionary<string, string>
        {
            ["EXECUTOR__RABBITMQ"] = Address("ex_worker_shell", Secrets.WorkerBroker),
            ["EXECUTOR__WORKER__NAME"] = name,
            ["EXECUTOR__WORKER__PARALLELISM"] = "4",
        },
        name));

    private string Address(string user, string password) =>
        $"amqp://{user}:{password}@127.0.0.1:{Servers.BrokerPort}/{BrokerApi.Host}";

    private Child Launch(string program, string[] arguments, Dictionary<string, string> environment, string name)
    {
        var child = Child.Start(program, arguments, environment, Path.Combine(Logs, $"{name}.log"));
        _guardian.Add(child);
        return child;
    }
}
