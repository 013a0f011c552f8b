using Executor.Chaos.Processes;

namespace Executor.Chaos.Deployment;

/// <summary>
/// A whole installation: database, broker, nodes, workers; all of it private. It is on loopback, or in a network of its own,
/// where it does all that a deployment off loopback must: nodes prove to each other who they are, and the API asks for keys.
/// </summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private readonly Guardian _guardian;
    private readonly string _directory;

    /// <param name="network">Null: everything is on loopback.</param>
    public ClusterUnderTest(string directory, Network? network)
    {
        _directory = directory;
        Network = network;
        Directory.CreateDirectory(Path.Combine(directory, "log"));
        _guardian = new Guardian(directory, Places.ServerScripts, Places.NetworkScript);
    }

    public Network? Network { get; }

    public Secrets Secrets { get; private set; } = new();

    public Servers Servers { get; private set; } = null!;

    public BrokerApi Broker { get; private set; } = null!;

    public IReadOnlyList<Node> Nodes { get; private set; } = [];

    /// <summary>Names; each has a worker of every pool.</summary>
    public IReadOnlyList<string> WorkerMachines { get; } = ["worker1", "worker2"];

    public IReadOnlyList<Supervised> Workers { get; private set; } = [];

    /// <summary>Those whose actions write to the ledger.</summary>
    public IReadOnlyList<Supervised> LedgerWorkers => [.. Workers.Take(WorkerMachines.Count)];

    public string Ledger => Path.Combine(_directory, "ledger.log");

    public string Logs => Path.Combine(_directory, "log");

    /// <summary>Npgsql's text, of a node.</summary>
    public string NodeDatabase =>
        $"Host={MachineOf(Network.Database).Address};Port={Servers.DatabasePort};Username=ex_node;Password={Secrets.NodeDatabase};Database=postgres";

    public Uri BrokerAddress(string user, string password) => new(Address(user, password));

    public async Task StartAsync(int nodes, CancellationToken stop)
    {
        if (Network is not null)
        {
            await Network.StartAsync([.. Enumerable.Range(1, nodes).Select(NodeName), .. WorkerMachines]);
            Secrets = Secrets with { Certificate = await NodeCertificate.MakeAsync(_directory) };
        }

        Servers = new Servers(_directory, MachineOf(Network.Database), MachineOf(Network.Broker));
        await Servers.StartAsync();
        Broker = new BrokerApi(Servers);
        await Broker.DefineAsync(await DefinitionsAsync(stop), stop);
        await Script.RunAsync(Places.Executor, ["migrate", "--node-role", "ex_node"], new Dictionary<string, string>
        {
            ["EXECUTOR__POSTGRES"] = Servers.Database,
            ["EXECUTOR__NODE_PASSWORD"] = Secrets.NodeDatabase,
        });
        Secrets = Secrets with { ApiKey = Network is null ? null : await MakeApiKeyAsync() };
        Nodes = MakeNodes(nodes);
        Workers =
        [
            .. WorkerMachines.Select((machine, number) => LedgerWorkerOf($"default.w{number + 1}", MachineOf(machine))),
            .. WorkerMachines.Select((machine, number) => ShellWorkerOf($"shell.w{number + 1}", MachineOf(machine))),
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
            while (await node.LackAsync(Nodes.Count, stop) is { } lack)
            {
                if (DateTimeOffset.UtcNow > until)
                {
                    throw new NotBackException(
                        $"{node.Name} (process {node.Process.Id}) is not ready at {DateTimeOffset.UtcNow:HH:mm:ss}, after {patience}: {lack}.");
                }

                await Task.Delay(200, stop);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Workers.Select(worker => worker.DisposeAsync().AsTask())
            .Concat(Nodes.Select(node => node.DisposeAsync().AsTask())));
        if (Servers is not null)
        {
            await Servers.DisposeAsync();
        }

        Broker?.Dispose();
        if (Network is not null)
        {
            await Network.StopAsync();
        }

        _guardian.Dispose();
    }

    /// <summary>A tool of the nemesis; it ends with the runner, as everything does.</summary>
    public Child Launch(Machine machine, string program, string[] arguments, Dictionary<string, string> environment, string name)
    {
        var child = machine.Start(program, arguments, environment, Path.Combine(Logs, $"{name}.log"));
        _guardian.Add(child);
        return child;
    }

    private static string NodeName(int number) => $"node{number}";

    private Machine MachineOf(string name) => Network?[name] ?? Machine.Here;

    private async Task<string> MakeApiKeyAsync()
    {
        var said = await Script.RunAsync(
            Places.Executor, ["keys", "add", "--name", "chaos", "--role", "admin"],
            new Dictionary<string, string> { ["EXECUTOR__POSTGRES"] = Servers.Database });
        return said.Split('\n').Single(line => line.StartsWith("ex_key_", StringComparison.Ordinal));
    }

    /// <summary>The rights of a real deployment, and a second pool with the same ones.</summary>
    private async Task<string> DefinitionsAsync(CancellationToken stop)
    {
        var template = await File.ReadAllTextAsync(
            Path.Combine(Places.Root, "docker/definitions.json.template"), stop);
        return Pools.With(template, Pools.Further)
            .Replace("@NODE@", Secrets.NodeBroker, StringComparison.Ordinal)
            .Replace("@WORKER@", Secrets.WorkerBroker, StringComparison.Ordinal);
    }

    private List<Node> MakeNodes(int count)
    {
        var ports = Ports.Free(2 * count);
        var machines = Enumerable.Range(1, count).Select(number => MachineOf(NodeName(number))).ToList();
        var seeds = string.Join(',', machines.Zip(ports, (machine, port) => $"{machine.Address}:{port}"));
        return
        [
            .. Enumerable.Range(0, count).Select(number =>
            {
                var (name, machine) = (NodeName(number + 1), machines[number]);
                var api = new Uri($"http://{machine.Address}:{ports[count + number]}/");
                var environment = Node.Environment(
                    name, NodeDatabase, Address("ex_node", Secrets.NodeBroker), Secrets.TokenKey, machine.Address, ports[number],
                    seeds, api, Secrets.Certificate);
                return new Node(name, api, Secrets.ApiKey, () => Launch(machine, Places.Executor, ["serve"], environment, name));
            }),
        ];
    }

    private Supervised LedgerWorkerOf(string name, Machine machine) => new(name, () => Launch(
        machine, Places.Chaos, ["worker", name, Ledger], new Dictionary<string, string>
        {
            ["CHAOS_BROKER"] = Address("ex_worker_default", Secrets.WorkerBroker),
        },
        name));

    private Supervised ShellWorkerOf(string name, Machine machine) => new(name, () => Launch(
        machine, Places.Executor, ["work", "--pools", Pools.Further], new Dictionary<string, string>
        {
            ["EXECUTOR__RABBITMQ"] = Address("ex_worker_shell", Secrets.WorkerBroker),
            ["EXECUTOR__RABBITMQ_PLAINTEXT"] = Network is null ? "false" : "true",
            ["EXECUTOR__WORKER__NAME"] = name,
            ["EXECUTOR__WORKER__PARALLELISM"] = "4",
        },
        name));

    private string Address(string user, string password) =>
        $"amqp://{user}:{password}@{MachineOf(Network.Broker).Address}:{Servers.BrokerPort}/{BrokerApi.Host}";
}
