using Executor.Chaos.Deployment;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Faults;

/// <summary>A node that dies while it waits for the answer to a write: held back until it is dead, then let go or undone.</summary>
internal sealed class NodeDeathWriting(ClusterUnderTest cluster)
{
    /// <summary>What is written for every run; the runs of the load are too short for a snapshot.</summary>
    private static readonly string[] Tables = ["journal", "guard", "due", "execution"];

    /// <summary>Under load there is a write in every moment, unless nodes are just coming back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<Hit> BreakAsync(PlannedFault planned, CancellationToken stop)
    {
        var table = Tables[planned.Target % Tables.Length];
        var isUndone = planned.Target / Tables.Length % 2 == 0;
        await using var held = new HeldTable(cluster.Servers.Database, table);
        await held.HoldAsync(stop);
        var writer = await held.WriterAsync(Patience, stop);
        var node = cluster.Nodes.Single(one => one.Api.Host == writer.Address).Process;
        var id = node.Id;
        node.Send(Signal.Kill);
        if (isUndone)
        {
            await held.UndoAsync(writer, stop);
        }

        return new Hit($"{node.Name}, writing to {table}{(isUndone ? ", undone" : "")}", id);
    }
}
