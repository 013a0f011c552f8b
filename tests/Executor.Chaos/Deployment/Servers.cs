using System.Globalization;
using System.Text;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Deployment;

/// <summary>The private database and broker of a campaign, through the same scripts as in all other tests.</summary>
internal sealed class Servers(string directory) : IAsyncDisposable
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
        Management = new Uri($"http://127.0.0.1:{management.Port}/");
        Administrator = Convert.ToBase64String(Encoding.UTF8.GetBytes(management.UserInfo));
    }

    public Task StartDatabaseAsync() => Script.RunAsync(_postgres, ["start", directory]);

    /// <param name="mode"><c>fast</c>, or <c>immediate</c> as after a crash.</param>
    public Task StopDatabaseAsync(string mode) => Script.RunAsync(_postgres, ["stop", directory, mode]);

    public Task StartBrokerAsync() => Script.RunAsync(_rabbit, ["start", directory]);

    /// <summary>At once; returns when it is gone, which on a busy machine takes its time.</summary>
    public async Task KillBrokerAsync(CancellationToken stop)
    {
        var broker = int.Parse(
            await File.ReadAllTextAsync(Path.Combine(directory, "rabbitmq/rabbit.pid"), stop), CultureInfo.InvariantCulture);
        Libc.Kill(broker, (int)Signal.Kill);
        while (ProcessTree.IsAlive(broker))
        {
            await Task.Delay(100, stop);
        }
    }

    public Task StopBrokerAsync() => Script.RunAsync(_rabbit, ["stop", directory]);

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
