using System.Diagnostics;
using Executor.Chaos.Deployment;
using Executor.Chaos.Evidences;
using Executor.Chaos.Ledgers;
using Executor.Chaos.Load;
using Executor.Chaos.Processes;
using Executor.Core.Runs;
using Npgsql;

namespace Executor.Chaos.Bars;

/// <summary>The installation to which things happen, with what it takes to watch its runs.</summary>
internal sealed class Stage(ClusterUnderTest cluster, DatabaseReader database, LoadClient client)
{
    private const int Runs = 6;
    private const int WarmUp = 4;

    /// <summary>Far longer than anything takes; only what is lost reaches it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _session = Guid.NewGuid().ToString("N")[..8];
    private readonly List<RunId> _started = [];
    private int _keys;

    public ClusterUnderTest Cluster => cluster;

    public IReadOnlyList<RunId> Started
    {
        get
        {
            lock (_started)
            {
                return [.. _started];
            }
        }
    }

    public async Task StoreAsync(CancellationToken stop)
    {
        foreach (var workflow in new[] { "paced", "slow" })
        {
            await client.StoreAsync(Mix.Definition(workflow), stop);
        }
    }

    /// <exception cref="HarnessException">It is refused, or nobody answers for minutes.</exception>
    public async Task<RunId> StartAsync(string workflow, IReadOnlyDictionary<string, object> inputs, CancellationToken stop)
    {
        var key = $"{_session}-{Interlocked.Increment(ref _keys)}";
        var (run, refusal) = await client.StartAsync(key, $"chaos.{workflow}", inputs, stop);
        var started = run ?? throw new HarnessException($"A run is not started: {refusal ?? "no answer"}.");
        lock (_started)
        {
            _started.Add(started);
        }

        return started;
    }

    /// <summary>Several runs, each well under way, with seconds of work still to come.</summary>
    public async Task<IReadOnlyList<RunId>> UnderWayAsync(CancellationToken stop)
    {
        await cluster.AllReadyAsync(Patience, stop);
        var runs = await Task.WhenAll(Enumerable.Range(0, Runs).Select(
            _ => StartAsync("paced", new Dictionary<string, object> { ["count"] = 60, ["ms"] = 250 }, stop)));
        await UntilAsync(
            () =>
            {
                var begun = Ledger().Where(line => line.Mark == LedgerMark.Started).ToLookup(line => line.Run);
                return runs.All(run => begun[run].Count() >= WarmUp);
            },
            "runs under way", stop);
        return runs;
    }

    public IReadOnlyList<LedgerLine> Ledger() => LedgerFile.Read(cluster.Ledger);

    /// <returns>The name of the node that wrote the newest entry of each run.</returns>
    public Task<IReadOnlyDictionary<RunId, string>> OwnersAsync(IReadOnlyList<RunId> runs, CancellationToken stop) =>
        database.OwnersAsync(runs, stop);

    /// <exception cref="LostRunException">A run has not ended in minutes, or has failed.</exception>
    public async Task CompletedAsync(IReadOnlyCollection<RunId> runs, CancellationToken stop)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var rows = await RowsAsync(stop);
            var mine = rows.Where(row => runs.Contains(row.Id)).ToList();
            if (mine.FirstOrDefault(row => row.HasEnded && row.Status != RunStatus.Completed) is { } other)
            {
                throw new LostRunException($"Run {other.Id} is {StatusWords.Of(other.Status)}: {other.Error}");
            }

            var ended = mine.Where(row => row.HasEnded).Select(row => row.Id).ToHashSet();
            if (ended.Count == runs.Count)
            {
                return;
            }

            if (since.Elapsed > Patience)
            {
                throw new LostRunException($"Not ended within {Patience}: {string.Join(", ", runs.Except(ended).Take(5))}");
            }

            await Task.Delay(200, stop);
        }
    }

    public static async Task UntilAsync(Func<bool> holds, string what, CancellationToken stop)
    {
        var since = Stopwatch.StartNew();
        while (!holds())
        {
            if (since.Elapsed > Patience)
            {
                throw new HarnessException($"Waited {Patience} for {what}.");
            }

            await Task.Delay(50, stop);
        }
    }

    /// <returns>When the probe held for the first time; it is asked again and again, whatever it throws.</returns>
    public static async Task<DateTimeOffset> MomentAsync(Func<CancellationToken, Task> probe, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await probe(stop);
                return DateTimeOffset.UtcNow;
            }
            catch (Exception away) when (away is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
            {
                await Task.Delay(10, stop);
            }
        }
    }

    public Supervised ProcessOf(int id) => cluster.Nodes.Select(node => node.Process).Concat(cluster.Workers)
        .Single(process => process.Id == id);

    private async Task<IReadOnlyList<RunLine>> RowsAsync(CancellationToken stop)
    {
        try
        {
            return await database.RunsAsync(stop);
        }
        catch (NpgsqlException)
        {
            // Restarted a moment ago: the pool still holds connections of before.
            return [];
        }
    }
}
