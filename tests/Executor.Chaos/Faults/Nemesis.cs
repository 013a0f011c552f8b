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

    private readonly ConcurrentQueue<Fault> _done = new();
    private readonly DatabaseFaults _database = new(cluster);
    private readonly BrokerFaults _broker = new(cluster);
    private readonly NetworkFaults _network = new(cluster);
    private readonly WorkerDeaths _workers = new(cluster);
    private readonly NodeDeathWriting _writing = new(cluster);
    private readonly MessageCopies _copies = new(cluster);
    private readonly Poison _poison = new(cluster);

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

        await _broker.PrepareAsync(planned, stop);
        await _database.PrepareAsync(planned);
        var begin = DateTimeOffset.UtcNow;
        say($"{planned.Kind} begins");
        var hit = await BreakAsync(planned, stop);
        var fault = new Fault(planned.Kind, hit.Target, begin, DateTimeOffset.UtcNow, hit.Process);
        _done.Enqueue(fault);
        say($"{fault.Kind} {fault.Target} {fault.Begin:HH:mm:ss.f} to {fault.End:HH:mm:ss.f}");
    }

    private Task<Hit> BreakAsync(PlannedFault planned, CancellationToken stop)
    {
        var node = cluster.Nodes[planned.Target % cluster.Nodes.Count].Process;
        var worker = cluster.Workers[planned.Target % cluster.Workers.Count];
        return planned.Kind switch
        {
            FaultKind.NodeKill => Now(node, Signal.Kill),
            FaultKind.NodeFreeze => FreezeAsync(node, planned.Length, stop),
            FaultKind.NodeStarved => StarveAsync(node, planned.Length, stop),
            FaultKind.NodeRestart => RestartAsync(node, stop),
            FaultKind.RollingRestart => RollAsync(stop),
            FaultKind.WorkerKill => Now(worker, Signal.Kill),
            FaultKind.WorkerFreeze => FreezeAsync(worker, planned.Length, stop),
            FaultKind.WorkerRestart => Now(worker, Signal.Terminate),
            FaultKind.WorkerDeaths => _workers.BreakAsync(planned, stop),
            FaultKind.NodeDeathWriting => _writing.BreakAsync(planned, stop),
            FaultKind.DatabaseKill or FaultKind.DatabaseRestart or FaultKind.DatabaseFreeze or FaultKind.DatabaseCut
                or FaultKind.DatabaseFlapping or FaultKind.DatabaseSlow or FaultKind.DatabaseFailover or FaultKind.DatabasePanic
                or FaultKind.EntriesHeld =>
                _database.BreakAsync(planned, stop),
            FaultKind.MessagesCopied => _copies.BreakAsync(planned, stop),
            FaultKind.Poisoned => _poison.BreakAsync(stop),
            FaultKind.BrokerKill or FaultKind.BrokerRestart or FaultKind.BrokerCut or FaultKind.BrokerAlarm
                or FaultKind.TasksPurged or FaultKind.ResultsPurged or FaultKind.ClaimsPurged =>
                _broker.BreakAsync(planned, stop),
            _ => _network.BreakAsync(planned, stop),
        };
    }

    private static Task<Hit> Now(Supervised process, Signal signal)
    {
        var id = process.Id;
        process.Send(signal);
        return Task.FromResult(new Hit(process.Name, id));
    }

    private static async Task<Hit> FreezeAsync(Supervised process, TimeSpan length, CancellationToken stop)
    {
        var id = process.Id;
        process.Send(Signal.Stop);
        await Task.Delay(length, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process.Send(Signal.Continue);
        return new Hit(process.Name, id);
    }

    /// <summary>By letting it run for a tenth of the time.</summary>
    private static async Task<Hit> StarveAsync(Supervised process, TimeSpan length, CancellationToken stop)
    {
        var id = process.Id;
        var until = DateTimeOffset.UtcNow + length;
        while (DateTimeOffset.UtcNow < until && process.Id == id)
        {
            await FreezeAsync(process, TimeSpan.FromMilliseconds(90), stop);
            await Task.Delay(10, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return new Hit(process.Name, id);
    }

    /// <summary>Told to end, a node hands its runs over; the next one is begun when it is ready again.</summary>
    private async Task<Hit> RestartAsync(Supervised node, CancellationToken stop)
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
        return new Hit(node.Name, id);
    }

    private async Task<Hit> RollAsync(CancellationToken stop)
    {
        foreach (var node in cluster.Nodes)
        {
            await RestartAsync(node.Process, stop);
        }

        return new Hit("all nodes");
    }
}
