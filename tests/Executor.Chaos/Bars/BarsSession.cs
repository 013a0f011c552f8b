using Executor.Chaos.Checks;
using Executor.Chaos.Deployment;
using Executor.Chaos.Evidences;
using Executor.Chaos.Ledgers;
using Executor.Chaos.Load;

namespace Executor.Chaos.Bars;

/// <summary>Starts an installation, lets each event happen several times, and looks whether anything was lost or repeated.</summary>
/// <param name="tries">Of each event.</param>
/// <param name="slack">See <see cref="Tries.Slack"/>.</param>
internal sealed class BarsSession(int tries, double slack, string directory, Action<string> say)
{
    private const int Nodes = 3;

    /// <summary>For each try, of those in which no run was left to watch.</summary>
    private const int MostVain = 5;

    /// <exception cref="HarnessException">The machine could not do its part.</exception>
    /// <exception cref="LostRunException">A run has failed, or has not ended.</exception>
    public async Task<(IReadOnlyList<Tries> Measured, IReadOnlyList<string> Violations)> RunAsync(CancellationToken stop)
    {
        await using var cluster = new ClusterUnderTest(directory, network: null);
        say("starting servers, three nodes and four workers");
        await cluster.StartAsync(Nodes, stop);
        await using var database = new DatabaseReader(cluster.Servers.Database);
        using var client = new LoadClient(cluster.Nodes, apiKey: null);
        var stage = new Stage(cluster, database, client);
        await stage.StoreAsync(stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var load = Trickle.RunAsync(stage, end.Token, stop);
        var measured = new List<Tries>();
        foreach (var bar in Bar.All)
        {
            measured.Add(await MeasureAsync(stage, bar, stop));
        }

        await end.CancelAsync();
        await load;
        say($"checking {stage.Started.Count} runs");
        await stage.CompletedAsync(stage.Started, stop);
        return (measured, await ViolationsAsync(cluster, database, stop));
    }

    private async Task<Tries> MeasureAsync(Stage stage, Bar bar, CancellationToken stop)
    {
        var times = new List<TimeSpan>();
        var number = 0;
        for (var made = 0; made < tries; number++)
        {
            var found = await bar.TryAsync(stage, number, stop);
            times.AddRange(found);
            made += found.Count > 0 ? 1 : 0;
            say($"{bar.Event}: {(found.Count > 0 ? string.Join(", ", found.Select(time => $"{time.TotalSeconds:0.00} s")) : "it came too late, again")}");
            if (number > tries * MostVain)
            {
                throw new HarnessException($"{bar.Event}: on this machine runs are over before it happens.");
            }
        }

        return new Tries(bar, times, slack);
    }

    private static async Task<IReadOnlyList<string>> ViolationsAsync(
        ClusterUnderTest cluster, DatabaseReader database, CancellationToken stop)
    {
        var evidence = new Evidence
        {
            Journals = await database.JournalsAsync(stop),
            Guard = await database.GuardAsync(stop),
            Ledger = [.. LedgerFile.Read(cluster.Ledger)],
        };
        return
        [
            .. LedgerChecks.StartedOnce(evidence), .. LedgerChecks.CompletedRan(evidence),
            .. LedgerChecks.StartedByDispatch(evidence),
        ];
    }
}
