using System.Collections.Concurrent;
using Executor.Chaos.Deployment;
using Executor.Chaos.Evidences;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Faults;

/// <summary>Does what a plan says, one fault after the other, and writes down when.</summary>
internal sealed class Nemesis(ClusterUnderTest cluster, Action<string> say)
{
    /// <summary>How long a node that comes back may take; only a machine in trouble takes longer.</summary>
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromMinutes(4);

    /// <summary>A broker that is killed right after queues were declared never serves some of them again.</summary>
    private static readonly TimeSpan BrokerMustStand = TimeSpan.FromSeconds(6);

    private const int MostLooks = 40;

    private readonly ConcurrentQueue<Fault> _done = new();
    private DateTimeOffset _topologyFresh = DateTimeOffset.UtcNow;

    public IReadOnlyList<Fault> Done => [.. _done];

    /// <param name="end">No new faults; the one under way is seen to its end.</param>
    public async Task RunAsync(IEnumerable<PlannedFault> plan, CancellationToken end, CancellationToken stop)
    {
        foreach (var planned in plan)
        {
            await Task.Delay(planned.Gap, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
            {
                break;
            }

            await DoAsync(planned, stop);
        }
    }

    private async Task DoAsync(PlannedFault planned, CancellationToken stop)
    {
        if (planned.Kind.IsOfNodes())
        {
            // With one node away another fault must not take the majority.
            await cluster.AllReadyAsync(ReadyPatience, stop);
        }

        if (planned.Kind is FaultKind.BrokerKill or FaultKind.BrokerRestart)
        {
            var wait = _topologyFresh + BrokerMustStand - DateTimeOffset.UtcNow;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, stop);
        }

        var begin = DateTimeOffset.UtcNow;
        var (target, process) = await BreakAsync(planned, stop);
        var fault = new Fault(planned.Kind, target, begin, DateTimeOffset.UtcNow, process);
        _done.Enqueue(fault);
        if (planned.Kind is FaultKind.BrokerKill or FaultKind.BrokerRestart or FaultKind.BrokerCut)
        {
            _topologyFresh = fault.End;
        }

        say($"{fault.Kind} {target} {fault.Begin:HH:mm:ss.f} to {fault.End:HH:mm:ss.f}");
    }

    private Task<(string Target, int? Process)> BreakAsync(PlannedFault planned, CancellationToken stop)
    {
        var node = cluster.Nodes[planned.Target % cluster.Nodes.Count].Process;
        var worker = cluster.Workers[planned.Target % cluster.Workers.Count];
        return planned.Kind switch
        {
            FaultKind.NodeKill => Now(node, Signal.Kill),
            FaultKind.NodeFreeze => FreezeAsync(node, planned.Length, stop),
            FaultKind.NodeRestart => RestartAsync(node, stop),
            FaultKind.RollingRestart => RollAsync(stop),
            FaultKind.WorkerKill => Now(worker, Signal.Kill),
            FaultKind.WorkerFreeze => FreezeAsync(worker, planned.Length, stop),
            FaultKind.WorkerRestart => Now(worker, Signal.Terminate),
            FaultKind.DatabaseKill => DatabaseKillAsync(planned.Length, stop),
            FaultKind.DatabaseRestart => DatabaseRestartAsync(planned.Length, stop),
            FaultKind.DatabaseFreeze => DatabaseFreezeAsync(planned.Length, stop),
            FaultKind.DatabaseCut => DatabaseCutAsync(stop),
            FaultKind.BrokerKill => BrokerAsync(() => cluster.Servers.KillBrokerAsync(stop), planned.Length, stop),
            FaultKind.BrokerRestart => BrokerAsync(cluster.Servers.StopBrokerAsync, planned.Length, stop),
            FaultKind.BrokerCut => BrokerCutAsync(stop),
            FaultKind.TasksPurged => PurgeAsync("executor.tasks.default", stop),
            FaultKind.ResultsPurged => PurgeAsync("executor.results", stop),
            FaultKind.ClaimsPurged => PurgeAsync("executor.claims", stop),
            _ => throw new ArgumentOutOfRangeException(nameof(planned), planned.Kind, "No such fault."),
        };
    }

    private static Task<(string Target, int? Process)> Now(Supervised process, Signal signal)
    {
        var id = process.Id;
        process.Send(signal);
        return Task.FromResult<(string, int?)>((process.Name, id));
    }

    private static async Task<(string Target, int? Process)> FreezeAsync(
        Supervised process, TimeSpan length, CancellationToken stop)
    {
        var id = process.Id;
        process.Send(Signal.Stop);
        await Task.Delay(length, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process.Send(Signal.Continue);
        return (process.Name, id);
    }

    /// <summary>Told to end, a node hands its runs over; the next one is begun when it is ready again.</summary>
    private async Task<(string Target, int? Process)> RestartAsync(Supervised node, CancellationToken stop)
    {
        var (id, before) = (node.Id, node.Lives.Count);
        node.Send(Signal.Terminate);
        var until = DateTimeOffset.UtcNow + ReadyPatience;
        while (node.Lives.Count == before)
        {
            if (DateTimeOffset.UtcNow > until)
            {
                throw new NotBackException($"{node.Name} (process {id}) was told to end and has not within {ReadyPatience}.");
            }

            await Task.Delay(100, stop);
        }

        await cluster.AllReadyAsync(ReadyPatience, stop);
        return (node.Name, id);
    }

    private async Task<(string Target, int? Process)> RollAsync(CancellationToken stop)
    {
        foreach (var node in cluster.Nodes)
        {
            await RestartAsync(node.Process, stop);
        }

        return ("all nodes", null);
    }

    private async Task<(string Target, int? Process)> DatabaseKillAsync(TimeSpan away, CancellationToken stop)
    {
        // Its children notice, and end by themselves. Until somebody has waited for it, the next start takes it for alive.
        var server = cluster.Servers.DatabaseProcesses()[0];
        Libc.Kill(server, (int)Signal.Kill);
        while (ProcessTree.Exists(server))
        {
            await Task.Delay(50, stop);
        }

        await Task.Delay(away, stop);
        await cluster.Servers.StartDatabaseAsync();
        return ("database", null);
    }

    private async Task<(string Target, int? Process)> DatabaseRestartAsync(TimeSpan away, CancellationToken stop)
    {
        await cluster.Servers.StopDatabaseAsync("immediate");
        await Task.Delay(away, stop);
        await cluster.Servers.StartDatabaseAsync();
        return ("database", null);
    }

    private async Task<(string Target, int? Process)> DatabaseFreezeAsync(TimeSpan length, CancellationToken stop)
    {
        var frozen = cluster.Servers.DatabaseProcesses();
        foreach (var process in frozen)
        {
            Libc.Kill(process, (int)Signal.Stop);
        }

        await Task.Delay(length, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var process in frozen)
        {
            Libc.Kill(process, (int)Signal.Continue);
        }

        return ("database", null);
    }

    private async Task<(string Target, int? Process)> DatabaseCutAsync(CancellationToken stop)
    {
        await using var database = new DatabaseReader(cluster.Servers.Database);
        return ($"{await database.CutNodesAsync(stop)} connections of nodes", null);
    }

    private async Task<(string Target, int? Process)> BrokerAsync(Func<Task> end, TimeSpan away, CancellationToken stop)
    {
        await end();
        await Task.Delay(away, stop);
        await cluster.Servers.StartBrokerAsync();
        return ("broker", null);
    }

    /// <summary>The broker tells of young connections late: looked for until there are some.</summary>
    private async Task<(string Target, int? Process)> BrokerCutAsync(CancellationToken stop)
    {
        var closed = 0;
        for (var look = 0; look < MostLooks && closed == 0; look++)
        {
            closed = await cluster.Broker.CloseConnectionsAsync(stop);
            await Task.Delay(closed == 0 ? 500 : 0, stop);
        }

        return ($"{closed} connections", null);
    }

    private async Task<(string Target, int? Process)> PurgeAsync(string queue, CancellationToken stop)
    {
        await cluster.Broker.PurgeAsync(queue, stop);
        return (queue, null);
    }
}
