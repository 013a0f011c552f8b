using Executor.Chaos.Deployment;
using Executor.Chaos.Ledgers;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Faults;

/// <summary>
/// Workers that die at every moment of a request's life, one after the other. They kill themselves: from outside such a
/// moment cannot be aimed at.
/// </summary>
internal sealed class WorkerDeaths(ClusterUnderTest cluster)
{
    /// <summary>Under load each moment comes many times a second, unless database or broker are just coming back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<Hit> BreakAsync(PlannedFault planned, CancellationToken stop)
    {
        var workers = cluster.LedgerWorkers;
        foreach (var (number, moment) in Enum.GetValues<DeathMoment>().Index())
        {
            await DieAsync(workers[(planned.Target + number) % workers.Count], moment, stop);
        }

        return new Hit("workers, at each moment of a request");
    }

    private async Task DieAsync(Supervised worker, DeathMoment moment, CancellationToken stop)
    {
        var before = worker.Lives.Count;
        Fate.Order(cluster.Ledger, worker.Name, moment);
        var until = DateTimeOffset.UtcNow + Patience;
        while (worker.Lives.Count == before)
        {
            if (DateTimeOffset.UtcNow > until)
            {
                throw new HarnessException($"{worker.Name} was to die at {moment}, and lives after {Patience}.");
            }

            await Task.Delay(50, stop);
        }
    }
}
