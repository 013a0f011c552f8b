using Executor.Chaos.Deployment;

namespace Executor.Chaos.Faults;

/// <summary>A broker that goes away, refuses or forgets, and is itself again after a while.</summary>
internal sealed class BrokerFaults(ClusterUnderTest cluster)
{
    /// <summary>A broker that is killed right after queues were declared never serves some of them again.</summary>
    private static readonly TimeSpan MustStand = TimeSpan.FromSeconds(6);

    private const int MostLooks = 40;

    private static readonly Hit Broker = new("broker");

    private DateTimeOffset _topologyFresh = DateTimeOffset.UtcNow;

    /// <summary>Waits until it may be taken away.</summary>
    public async Task PrepareAsync(PlannedFault planned, CancellationToken stop)
    {
        if (planned.Kind is FaultKind.BrokerKill or FaultKind.BrokerRestart)
        {
            var wait = _topologyFresh + MustStand - DateTimeOffset.UtcNow;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, stop);
        }
    }

    public async Task<Hit> BreakAsync(PlannedFault planned, CancellationToken stop)
    {
        var hit = await (planned.Kind switch
        {
            FaultKind.BrokerKill => AwayAsync(() => cluster.Servers.KillBrokerAsync(stop), planned.Length, stop),
            FaultKind.BrokerRestart => AwayAsync(cluster.Servers.StopBrokerAsync, planned.Length, stop),
            FaultKind.BrokerCut => CutAsync(stop),
            FaultKind.BrokerAlarm => AlarmAsync(planned.Length, stop),
            FaultKind.TasksPurged => PurgeAsync("executor.tasks.default", stop),
            FaultKind.ResultsPurged => PurgeAsync("executor.results", stop),
            FaultKind.ClaimsPurged => PurgeAsync("executor.claims", stop),
            _ => throw new ArgumentOutOfRangeException(nameof(planned), planned.Kind, "No fault of the broker."),
        });
        if (planned.Kind is FaultKind.BrokerKill or FaultKind.BrokerRestart or FaultKind.BrokerCut)
        {
            _topologyFresh = DateTimeOffset.UtcNow;
        }

        return hit;
    }

    private async Task<Hit> AwayAsync(Func<Task> end, TimeSpan away, CancellationToken stop)
    {
        await end();
        await Task.Delay(away, stop);
        await cluster.Servers.StartBrokerAsync();
        return Broker;
    }

    /// <summary>The broker tells of young connections late: looked for until there are some.</summary>
    private async Task<Hit> CutAsync(CancellationToken stop)
    {
        var closed = 0;
        for (var look = 0; look < MostLooks && closed == 0; look++)
        {
            closed = await cluster.Broker.CloseConnectionsAsync(stop);
            await Task.Delay(closed == 0 ? 500 : 0, stop);
        }

        return new Hit($"{closed} connections");
    }

    private async Task<Hit> AlarmAsync(TimeSpan length, CancellationToken stop)
    {
        await cluster.Servers.AlarmBrokerAsync(on: true);
        await Task.Delay(length, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await cluster.Servers.AlarmBrokerAsync(on: false);
        return Broker;
    }

    private async Task<Hit> PurgeAsync(string queue, CancellationToken stop)
    {
        await cluster.Broker.PurgeAsync(queue, stop);
        return new Hit(queue);
    }
}
