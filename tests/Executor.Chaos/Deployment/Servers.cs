using System.Globalization;
using System.Text;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Deployment;

/// <summary>The private database and broker of a campaign, through the same scripts as in all other tests.</summary>
/// <param name="database">The machine that the database runs on.</param>
/// <param name="broker">The broker's.</param>
internal sealed class Servers(string directory, Machine database, Machine broker) : IAsyncDisposable
{
    private readonly string _postgres = Path.Combine(Places.ServerScripts, "postgres");
    private readonly string _rabbit = Path.Combine(Places.ServerScripts, "rabbitmq");
    private bool _isStarted;

    /// <summary>Npgsql's text, of a superuser.</summary>
    public string Database { get; private set; } = "";

    /// <summary>Of the management, without a user.</summary>
    public Uri Management { get; private set; } = new("http://localhost/");

    /// <summary>User and password of an administrator of the broker, for a header.</summary>
    public string Administrator { get; private set; } = "";

    public int DatabasePort { get; private set; }

    public int BrokerPort { get; private set; }

    public async Task StartAsync()
    {
        _isStarted = true;
        await Task.WhenAll(StartDatabaseAsync(), StartBrokerAsync());
        Database = Setting("postgres.env", "EXECUTOR_TEST_POSTGRES");
        DatabasePort = int.Parse(
            Database.Split(';').Single(part => part.StartsWith("Port=", StringComparison.Ordinal))[5..],
            CultureInfo.InvariantCulture);
        BrokerPort = new Uri(Setting("rabbitmq.env", "EXECUTOR_TEST_RABBITMQ")).Port;
        var management = new Uri(Setting("rabbitmq.env", "EXECUTOR_TEST_RABBITMQ_HTTP"));
        Management = new Uri($"http://{management.Authority}/");
        Administrator = Convert.ToBase64String(Encoding.UTF8.GetBytes(management.UserInfo));
    }

    public Task StartDatabaseAsync() => database.RunAsync(_postgres, ["start", directory]);

    /// <param name="mode"><c>fast</c>, or <c>immediate</c> as after a crash.</param>
    public Task StopDatabaseAsync(string mode) => database.RunAsync(_postgres, ["stop", directory, mode]);

    /// <summary>From here on every commit waits for a second server, too.</summary>
    public Task AddStandbyAsync() => database.RunAsync(_postgres, ["standby", directory]);

    /// <summary>The second server takes the place of the first, which crashes.</summary>
    public Task FailOverAsync() => database.RunAsync(_postgres, ["failover", directory]);

    public Task StartBrokerAsync() => broker.RunAsync(_rabbit, ["start", directory]);

    /// <summary>At once; returns when it is gone, which on a busy machine takes its time.</summary>
    public async Task KillBrokerAsync(CancellationToken stop)
    {
        var process = int.Parse(
            await File.ReadAllTextAsync(Path.Combine(directory, "rabbitmq/rabbit.pid"), stop), CultureInfo.InvariantCulture);
        Libc.Kill(process, (int)Signal.Kill);
        while (ProcessTree.IsAlive(process))
        {
            await Task.Delay(100, stop);
        }
    }

    public Task StopBrokerAsync() => broker.RunAsync(_rabbit, ["stop", directory]);

    /// <summary>An alarm of the broker's: while it is on, whoever publishes is kept waiting.</summary>
    public Task AlarmBrokerAsync(bool on) => broker.RunAsync(_rabbit, ["alarm", directory, on ? "on" : "off"]);

    /// <summary>The server and the processes that it has made.</summary>
    public IReadOnlyList<int> DatabaseProcesses()
    {
        var file = Path.Combine(directory, "postgres/data/postmaster.pid");
        var server = int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
        return [server, .. ProcessTree.Children(server)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
        {
            await Task.WhenAll(StopBrokerAsync(), StopDatabaseAsync("fast"));
        }
    }

    private string Setting(string file, string name) => File.ReadLines(Path.Combine(directory, file))
        .Single(line => line.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..].Trim('\'');
}
