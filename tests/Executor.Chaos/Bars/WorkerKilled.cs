using Executor.Chaos.Ledgers;
using Executor.Chaos.Processes;
using Executor.Core.Runs;

namespace Executor.Chaos.Bars;

/// <summary>A worker is gone in the middle of actions that may be repeated.</summary>
internal static class WorkerKilled
{
    private const int Actions = 8;

    public static async Task<IReadOnlyList<TimeSpan>> TryAsync(Stage stage, int number, CancellationToken stop)
    {
        await stage.Cluster.AllReadyAsync(TimeSpan.FromMinutes(3), stop);
        var run = await stage.StartAsync("slow", new Dictionary<string, object> { ["count"] = Actions }, stop);
        await Stage.UntilAsync(() => Begun(stage, run, attempt: 1).Count == Actions, "actions to kill a worker in", stop);
        var victim = Begun(stage, run, attempt: 1).GroupBy(line => line.Worker).MaxBy(lines => lines.Count())!;
        var moment = DateTimeOffset.UtcNow;
        stage.ProcessOf(victim.Key).Send(Signal.Kill);

        await stage.CompletedAsync([run], stop);
        var again = Begun(stage, run, attempt: 2).ToDictionary(line => line.Slot.Item, line => line.At - moment);
        // On a slow machine one may have ended just before.
        return [.. victim.Where(line => again.ContainsKey(line.Slot.Item)).Select(line => again[line.Slot.Item]).OrderDescending().Take(1)];
    }

    private static List<LedgerLine> Begun(Stage stage, RunId run, int attempt) =>
    [
        .. stage.Ledger().Where(
            line => line.Run == run && line.Mark == LedgerMark.Started && line.Slot.Attempt == attempt),
    ];
}
