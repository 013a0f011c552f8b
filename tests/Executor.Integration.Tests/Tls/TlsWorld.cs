using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Executor.Host.Settings;
using Executor.Integration.Tests.Cli;
using Npgsql;

namespace Executor.Integration.Tests.Tls;

/// <summary>
/// Database, broker and three nodes that speak TLS with each other, under an authority of their own. All certificates of
/// servers are for <c>localhost</c>, so 127.0.0.1 is a wrong name for them.
/// </summary>
public sealed class TlsWorld : IAsyncLifetime
{
    public const string Host = "localhost";

    /// <summary>What a node says when it is a member and listens.</summary>
    public const string Ready = "of a cluster";

    private const int NodeCount = 3;
    private const string NodePassword = "of-this-test";
    private static readonly string Scripts = Path.Combine(Golden.Root, "tests", "servers");

    private readonly string _folder = Directory.CreateTempSubdirectory("executor-tls-").FullName;
    private readonly string _tokenKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly List<Spoken> _nodes = [];
    private readonly List<int> _ports = FreePorts((2 * NodeCount) + 2);

    internal PrivateAuthority Authority { get; private set; } = null!;

    internal IReadOnlyList<Spoken> Nodes => _nodes;

    internal Uri Api(string host) => new($"https://{host}:{_ports[0]}/");

    public async Task InitializeAsync()
    {
        Open(_folder);
        Authority = new PrivateAuthority(Path.Combine(_folder, "tls"));
        Authority.Sign("server", Host);
        await Task.WhenAll(ScriptAsync("postgres", "start", "tls"), ScriptAsync("rabbitmq", "start", "tls"));
        var migrated = await RunAsync(
            new() { [HostSettings.Postgres] = Database(Host, "postgres"), [HostSettings.NodePassword] = NodePassword },
            "migrate", "--node-role", "ex_node");
        Assert.True(migrated.ExitCode == 0, migrated.Error);
        for (var number = 0; number < NodeCount; number++)
        {
            _nodes.Add(Serve(number, Authority.Sign($"node{number}", Host)));
        }

        for (var number = 0; number < NodeCount; number++)
        {
            await _nodes[number].UntilSaysAsync(Ready);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Task.WhenAll(ScriptAsync("rabbitmq", "stop"), ScriptAsync("postgres", "stop"));
        Authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>One more node beside the three of the cluster, with another certificate.</summary>
    internal Spoken ServeWith(string certificate) => Serve(NodeCount, certificate);

    internal Spoken Work(string brokerHost) => new(Executable.StartWith(
        Trusting(new()
        {
            [HostSettings.RabbitMq] = Broker(brokerHost),
            [HostSettings.RabbitMqAuthority] = Authority.Certificate,
        }),
        _folder, "work"));

    /// <summary>A command to its end; it trusts our authority and no other.</summary>
    internal async Task<Ended> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        using var process = Executable.StartWith(Trusting(environment), _folder, arguments);
        return await Executable.EndAsync(process);
    }

    internal string Database(string host, string user)
    {
        var given = new NpgsqlConnectionStringBuilder(Setting("postgres.env", "EXECUTOR_TEST_POSTGRES"));
        return new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = given.Port,
            Database = given.Database,
            Username = user,
            Password = user == given.Username ? given.Password : NodePassword,
            SslMode = SslMode.VerifyFull,
            RootCertificate = Authority.Certificate,
        }.ToString();
    }

    /// <returns>Connections of nodes to the database: whether each is encrypted.</returns>
    internal async Task<IReadOnlyList<bool>> DatabaseConnectionsAsync()
    {
        await using var connection = new NpgsqlConnection(Setting("postgres.env", "EXECUTOR_TEST_POSTGRES"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.usename = 'ex_node'", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<bool>();
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetBoolean(0));
        }

        return found;
    }

    /// <returns>Connections to the broker by their names: whether each is encrypted.</returns>
    internal async Task<IReadOnlyDictionary<string, bool>> BrokerConnectionsAsync()
    {
        var management = new Uri(Setting("rabbitmq.env", "EXECUTOR_TEST_RABBITMQ_HTTP"));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(management.UserInfo)));
        var text = await http.GetStringAsync(new Uri($"http://{management.Authority}/api/connections"));
        return JsonNode.Parse(text)!.AsArray().ToDictionary(
            connection => (string?)connection!["user_provided_name"] ?? (string)connection["name"]!,
            connection => (bool)connection!["ssl"]!);
    }

    /// <summary>Knocks at each node's door for other nodes.</summary>
    /// <returns>As whom each shows itself, by its certificate.</returns>
    internal async Task<IReadOnlyList<string>> NodeNamesAsync()
    {
        var names = new List<string>();
        for (var number = 0; number < NodeCount; number++)
        {
            using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, _ports[NodeCount + 1 + number], late.Token);
            await using var secure = new SslStream(socket.GetStream());
            // What it shows is enough; nothing more is said.
            await Record.ExceptionAsync(() => secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = Host,
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    {
                        names.Add(shown!.Subject);
                        return false;
                    },
                },
                late.Token));
        }

        return names;
    }

    private Spoken Serve(int number, string certificate) => new(Executable.StartWith(
        Trusting(new()
        {
            [HostSettings.Postgres] = Database(Host, "ex_node"),
            [HostSettings.RabbitMq] = Broker(Host),
            [HostSettings.RabbitMqAuthority] = Authority.Certificate,
            [HostSettings.TokenKey] = _tokenKey,
            [HostSettings.Node] = $"node{number}",
            [HostSettings.Listen] = $"https://{Host}:{_ports[number]}",
            [HostSettings.ApiCertificate] = Path.Combine(_folder, "tls", "server.pfx"),
            [HostSettings.ApiCertificatePassword] = PrivateAuthority.FilePassword,
            [HostSettings.ClusterPort] = $"{_ports[NodeCount + 1 + number]}",
            [HostSettings.ClusterSeeds] = string.Join(',', Enumerable.Range(0, NodeCount).Select(seed => $"127.0.0.1:{_ports[NodeCount + 1 + seed]}")),
            [HostSettings.ClusterCertificate] = certificate,
            [HostSettings.ClusterCertificatePassword] = PrivateAuthority.FilePassword,
        }),
        _folder, "serve"));

    private string Broker(string host) => new UriBuilder(Setting("rabbitmq.env", "EXECUTOR_TEST_RABBITMQ_TLS")) { Host = host }.ToString();

    private Dictionary<string, string> Trusting(Dictionary<string, string> environment) =>
        new(environment) { ["SSL_CERT_FILE"] = Authority.Certificate };

    private string Setting(string file, string name) => File.ReadLines(Path.Combine(_folder, file))
        .Single(line => line.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..].Trim('\'');

    /// <param name="certificates">A folder in ours; none for other commands than a start.</param>
    private async Task ScriptAsync(string server, string command, string? certificates = null)
    {
        // Into a file: a server that stays would hold a pipe open.
        var output = Path.Combine(_folder, $"{server}.{command}.log");
        string[] rest = certificates is null ? [] : [Path.Combine(_folder, certificates)];
        using var process = Process.Start("/bin/bash",
            ["-c", "out=$1; shift; exec \"$@\" > \"$out\" 2>&1 < /dev/null", "script", output, Path.Combine(Scripts, server), command, _folder, .. rest]);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await File.ReadAllTextAsync(output));
    }

    /// <summary>The database refuses to run as root, and runs as a user of its own then.</summary>
    private static void Open(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("755", 8));
        }
    }

    private static List<int> FreePorts(int count)
    {
        // All are held until the last is found, so that none is found twice.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
