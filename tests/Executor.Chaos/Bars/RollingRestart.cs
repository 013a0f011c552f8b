using Executor.Chaos.Processes;

namespace Executor.Chaos.Bars;

/// <summary>Each node in turn is told to end, and is back before the next one is.</summary>
internal static class RollingRestart
{
    public static async Task<IReadOnlyList<TimeSpan>> TryAsync(Stage stage, int number, CancellationToken stop)
    {
        var silences = new List<TimeSpan>();
        foreach (var node in stage.Cluster.Nodes)
        {
            var runs = await stage.UnderWayAsync(stop);
            var owners = await stage.OwnersAsync(runs, stop);
            var (moment, lives) = (DateTimeOffset.UtcNow, node.Process.Lives.Count);
            node.Process.Send(Signal.Terminate);

            await Stage.UntilAsync(() => node.Process.Lives.Count > lives, $"{node.Name} to begin again", stop);
            await stage.CompletedAsync(runs, stop);
            silences.AddRange(Pace.LongestSilence(stage.Ledger(), runs.Where(run => owners[run] == node.Name), moment));
        }

        return silences;
    }
}
