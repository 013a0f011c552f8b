using Executor.Chaos.Processes;

namespace Executor.Chaos.Bars;

/// <summary>The node at which runs live is gone without a word.</summary>
internal static class NodeKilled
{
    public static async Task<IReadOnlyList<TimeSpan>> TryAsync(Stage stage, int number, CancellationToken stop)
    {
        var runs = await stage.UnderWayAsync(stop);
        var owners = await stage.OwnersAsync(runs, stop);
        // In turn, so that the oldest, which also says where runs live, is among them.
        var turn = stage.Cluster.Nodes[number % stage.Cluster.Nodes.Count].Name;
        var name = owners.Values.Contains(turn) ? turn : owners.Values.First();
        var moment = DateTimeOffset.UtcNow;
        stage.Cluster.Nodes.Single(node => node.Name == name).Process.Send(Signal.Kill);

        await stage.CompletedAsync(runs, stop);
        return [.. Pace.LongestSilence(stage.Ledger(), runs.Where(run => owners[run] == name), moment)];
    }
}
