using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Executor.Chaos.Processes;

namespace Executor.Benchmarks.Cluster;

/// <summary>One node and one worker, each a process with the rights that a deployment gives it, on servers of their own.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private const int Callers = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(20);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "executor");

    private readonly string _directory;
    private readonly List<Child> _children = [];
    private readonly List<string> _keys = [];

    private Installation(string directory, PrivateServers servers, Uri api)
    {
        _directory = directory;
        Servers = servers;
        Api = api;
    }

    public PrivateServers Servers { get; }

    public Uri Api { get; }

    /// <summary>For the API, which lets each key start 20 runs a second.</summary>
    public IReadOnlyList<string> Keys => _keys;

    public int Node => _children[0].Id;

    public int Worker => _children[1].Id;

    /// <param name="parallelism">Actions that the worker runs at the same time.</param>
    public static async Task<Installation> StartAsync(string directory, int parallelism, CancellationToken stop)
    {
        var root = Root();
        var servers = await PrivateServers.StartAsync(directory, root);
        var installation = new Installation(directory, servers, new Uri($"http://127.0.0.1:{FreePort()}/"));
        try
        {
            await installation.LaunchAsync(root, parallelism, stop);
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in Enumerable.Reverse(_children))
        {
            await child.EndAsync(EndPatience);
            child.Dispose();
        }

        await Servers.DisposeAsync();
    }

    private async Task LaunchAsync(string root, int parallelism, CancellationToken stop)
    {
        var (database, node, worker) = (Word(), Word(), Word());
        var definitions = (await File.ReadAllTextAsync(Path.Combine(root, "docker/definitions.json.template"), stop))
            .Replace("@NODE@", node, StringComparison.Ordinal).Replace("@WORKER@", worker, StringComparison.Ordinal);
        using (var broker = new BrokerCounts(Servers.Management))
        {
            await broker.DefineAsync(definitions, stop);
        }

        await Call.RunAsync(Program, ["migrate", "--node-role", "ex_node"], new Dictionary<string, string>
        {
            ["EXECUTOR__POSTGRES"] = Servers.Database,
            ["EXECUTOR__NODE_PASSWORD"] = database,
        }, Log("migrate"));
        for (var caller = 1; caller <= Callers; caller++)
        {
            _keys.Add(await NewKeyAsync($"caller{caller}", stop));
        }

        var address = new Npgsql.NpgsqlConnectionStringBuilder(Servers.Database) { Username = "ex_node", Password = database };
        Launch("node", ["serve"], new()
        {
            ["EXECUTOR__POSTGRES"] = address.ToString(),
            ["EXECUTOR__RABBITMQ"] = $"amqp://ex_node:{node}@127.0.0.1:{Servers.Broker.Port}/executor",
            ["EXECUTOR__TOKEN_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["EXECUTOR__CLUSTER__PORT"] = "0",
            ["EXECUTOR__API__LISTEN"] = Api.ToString().TrimEnd('/'),
            ["EXECUTOR__API__AUTHENTICATION"] = "keys",
        });
        Launch("worker", ["work"], new()
        {
            ["EXECUTOR__RABBITMQ"] = $"amqp://ex_worker_default:{worker}@127.0.0.1:{Servers.Broker.Port}/executor",
            ["EXECUTOR__WORKER__PARALLELISM"] = parallelism.ToString(CultureInfo.InvariantCulture),
        });
        await ReadyAsync(stop);
    }

    private async Task<string> NewKeyAsync(string name, CancellationToken stop)
    {
        var output = Log("keys");
        await Call.RunAsync(Program, ["keys", "add", "--name", name, "--role", "operator"], new Dictionary<string, string>
        {
            ["EXECUTOR__POSTGRES"] = Servers.Database,
        }, output);
        var key = (await File.ReadAllLinesAsync(output, stop)).Single(
            line => line.StartsWith("ex_key_", StringComparison.Ordinal));
        File.Delete(output);
        return key;
    }

    private void Launch(string name, string[] arguments, Dictionary<string, string> environment) =>
        _children.Add(Child.Start(Program, arguments, environment, Log(name)));

    private async Task ReadyAsync(CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = Api };
        var until = DateTimeOffset.UtcNow + Patience;
        while (!await IsReadyAsync(http, stop))
        {
            if (_children.Any(child => child.HasEnded) || DateTimeOffset.UtcNow > until)
            {
                throw new InvalidOperationException(
                    $"The node is not ready: {await File.ReadAllTextAsync(Log("node"), stop)}{await File.ReadAllTextAsync(Log("worker"), stop)}");
            }

            await Task.Delay(100, stop);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync("health/ready", stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Log(string name) => Path.Combine(_directory, $"{name}.log");

    private static string Word() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Executor.Actors.sln")))
        {
            folder = folder.Parent
                ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no checkout of the project.");
        }

        return folder.FullName;
    }
}
