using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Executor.Chaos.Bars;

/// <summary>The broker ends, in order or as in a crash, and begins again.</summary>
internal static class BrokerRestarted
{
    /// <summary>One that is killed right after queues were declared never serves some of them again.</summary>
    private static readonly TimeSpan Stands = TimeSpan.FromSeconds(6);

    public static async Task<IReadOnlyList<TimeSpan>> TryAsync(Stage stage, int number, CancellationToken stop)
    {
        await Task.Delay(Stands, stop);
        var servers = stage.Cluster.Servers;
        var runs = await stage.UnderWayAsync(stop);
        await (number % 2 == 0 ? servers.KillBrokerAsync(stop) : servers.StopBrokerAsync());
        // A process that is gone may hold its port for a moment longer.
        await Stage.UntilAsync(() => !IsOpen(servers.BrokerPort), "the broker's port to close", stop);
        var opens = Stage.MomentAsync(token => KnockAsync(servers.BrokerPort, token), stop);
        await servers.StartBrokerAsync();
        var moment = await opens;

        await stage.CompletedAsync(runs, stop);
        return [.. Pace.UntilNext(stage.Ledger(), runs, moment)];
    }

    private static bool IsOpen(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
        .Any(listener => listener.Port == port);

    private static async Task KnockAsync(int port, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, stop);
    }
}
