using System.Globalization;
using Npgsql;

namespace Executor.Benchmarks.Cluster;

/// <summary>A database and a broker that nobody else uses, by the scripts that the tests use too.</summary>
internal sealed class PrivateServers : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];
    private readonly string _directory;
    private readonly string _scripts;

    private PrivateServers(string directory, string root)
    {
        _directory = directory;
        _scripts = Path.Combine(root, "tests/servers");
    }

    /// <summary>Npgsql's text, of a superuser.</summary>
    public string Database { get; private set; } = "";

    /// <summary>AMQP, of an administrator.</summary>
    public Uri Broker { get; private set; } = new("amqp://localhost/");

    /// <summary>Of the management, with its user.</summary>
    public Uri Management { get; private set; } = new("http://localhost/");

    public int DatabaseProcess => FirstNumber("postgres/data/postmaster.pid");

    public int BrokerProcess => FirstNumber("rabbitmq/rabbit.pid");

    /// <param name="root">Of the checkout.</param>
    public static async Task<PrivateServers> StartAsync(string directory, string root)
    {
        var servers = new PrivateServers(directory, root);
        try
        {
            await Task.WhenAll(servers.CallAsync("postgres", "start"), servers.CallAsync("rabbitmq", "start"));
            servers.Database = servers.Setting("postgres.env", "EXECUTOR_TEST_POSTGRES");
            servers.Broker = new Uri(servers.Setting("rabbitmq.env", "EXECUTOR_TEST_RABBITMQ"));
            servers.Management = new Uri(servers.Setting("rabbitmq.env", "EXECUTOR_TEST_RABBITMQ_HTTP"));
            await servers.CountStatementsAsync();
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(CallAsync("rabbitmq", "stop"), CallAsync("postgres", "stop"));

    /// <summary>The database's own count of statements has to be loaded at its start.</summary>
    private async Task CountStatementsAsync()
    {
        await using (var source = NpgsqlDataSource.Create(Database))
        {
            await using var load = source.CreateCommand("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
            await load.ExecuteNonQueryAsync();
        }

        NpgsqlConnection.ClearAllPools();
        await CallAsync("postgres", "stop");
        await CallAsync("postgres", "start");
        await using var restarted = NpgsqlDataSource.Create(Database);
        await using var make = restarted.CreateCommand("CREATE EXTENSION pg_stat_statements");
        await make.ExecuteNonQueryAsync();
    }

    private Task CallAsync(string script, string verb) => Call.RunAsync(
        Path.Combine(_scripts, script), [verb, _directory], Nothing, Path.Combine(_directory, $"{script}.script.log"));

    private int FirstNumber(string file) =>
        int.Parse(File.ReadLines(Path.Combine(_directory, file)).First(), CultureInfo.InvariantCulture);

    private string Setting(string file, string name) => File.ReadLines(Path.Combine(_directory, file))
        .Single(line => line.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..].Trim('\'');
}
