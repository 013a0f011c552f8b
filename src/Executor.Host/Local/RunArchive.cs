using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Executor.Actors.Journal;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Host.Output;
using Executor.Storage;

namespace Executor.Host.Local;

/// <summary>
/// The runs of a data directory, read beside whoever runs them. The journal is the truth; rows only save time where
/// they say that a run has ended.
/// </summary>
internal sealed class RunArchive(SqliteStores stores)
{
    private const int Page = 500;
    private const int MostIdsAtOnce = 5_000;
    private static readonly string BeforeAll = JournalCodec.IdOf(new RunId(""));

    /// <summary>Newest first.</summary>
    public async Task<ImmutableArray<RunRow>> ListAsync(int limit, CancellationToken stop)
    {
        var told = new Dictionary<RunId, RunRow>();
        await foreach (var run in NotSeenEndingAsync(stop))
        {
            told[run.Id] = RunRows.RowOf(run);
        }

        var rows = await stores.Executions.RunsAsync(new RunQuery(limit), stop);
        return [.. told.Values.Concat(rows.Where(row => !told.ContainsKey(row.Id)))
            .OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id.Text, StringComparer.Ordinal)
            .Take(limit)];
    }

    /// <summary>
    /// Runs that have begun and not ended, oldest first; without those that others of these have called, which go on
    /// with them.
    /// </summary>
    public async Task<ImmutableArray<RunState>> UnfinishedAsync(CancellationToken stop)
    {
        var unfinished = ImmutableArray.CreateBuilder<RunState>();
        await foreach (var run in NotSeenEndingAsync(stop))
        {
            if (!run.HasEnded)
            {
                unfinished.Add(run);
            }
        }

        var roots = unfinished.Where(run => run.Parent is null).Select(run => run.Id).ToHashSet();
        return [.. unfinished.Where(run => run.Parent is null || !roots.Contains(run.Root)).DistinctBy(run => run.Id).OrderBy(run => run.StartedAt).ThenBy(run => run.Id.Text, StringComparer.Ordinal)];
    }

    /// <summary>Runs that are paused, with those that others have called.</summary>
    public async Task<ImmutableArray<RunState>> PausedAsync(CancellationToken stop)
    {
        var paused = ImmutableArray.CreateBuilder<RunState>();
        await foreach (var run in NotSeenEndingAsync(stop))
        {
            if (run.IsPaused)
            {
                paused.Add(run);
            }
        }

        return [.. paused.DistinctBy(run => run.Id)];
    }

    public async Task<bool> HasAsync(RunId run, CancellationToken stop) => (await StateAsync(run, stop)).HasStarted;

    /// <param name="text">A run's id, or the beginning of only one.</param>
    /// <exception cref="Unusable">No run has such an id, or several have.</exception>
    public async Task<RunState> FindAsync(string text, CancellationToken stop)
    {
        if (await StateAsync(new RunId(text), stop) is { HasStarted: true } exact)
        {
            return exact;
        }

        var after = await stores.Journal.PersistenceIdsAsync(JournalCodec.IdOf(new RunId(text)), ShortIds.MostWanted, stop);
        RunId[] found = [.. after.Select(JournalCodec.RunOf).OfType<RunId>()
            .Where(run => run.Text.StartsWith(text, StringComparison.Ordinal))];
        return found.Length switch
        {
            1 => await StateAsync(found[0], stop),
            0 => throw new Unusable(
                RunCodes.RunUnknown, $"there is no run '{text}'", "see: executor runs, and mind --data DIR"),
            _ => throw ShortIds.Ambiguous("run.ambiguous", "runs", text, found.Select(run => run.Text)),
        };
    }

    /// <summary>The run with which everything began.</summary>
    public async Task<RunState> RootAsync(RunState run, CancellationToken stop) =>
        run.Parent is null ? run : await StateAsync(run.Root, stop);

    /// <summary>Everything dispatched for a run, counted by the guard.</summary>
    public async Task<DispatchCounts> DispatchesAsync(RunId run, CancellationToken stop) =>
        DispatchCounts.Of(await stores.Guard.RowsAsync(run, stop));

    private async Task<RunState> StateAsync(RunId id, CancellationToken stop)
    {
        var codec = new JournalCodec();
        var run = RunState.Initial(id);
        await foreach (var row in stores.Journal.EntriesAsync(JournalCodec.IdOf(id), stop))
        {
            run = run.Evolve(codec.Read(row).Events);
        }

        return run;
    }

    /// <summary>Runs that have begun and of which no row says that they have ended; their journals may.</summary>
    private async IAsyncEnumerable<RunState> NotSeenEndingAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var id in IdsNotSeenEndingAsync(stop))
        {
            if (await StateAsync(id, stop) is { HasStarted: true } run)
            {
                yield return run;
            }
        }
    }

    /// <summary>A run that gets its row meanwhile is met twice, and not passed over.</summary>
    private async IAsyncEnumerable<RunId> IdsNotSeenEndingAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var id in UnlistedAsync(stop))
        {
            yield return id;
        }

        await foreach (var id in OpenAsync(stop))
        {
            yield return id;
        }
    }

    private async IAsyncEnumerable<RunId> OpenAsync([EnumeratorCancellation] CancellationToken stop)
    {
        for (RunId? last = null; ;)
        {
            var page = await stores.Executions.RunsAsync(new RunQuery(Page, last, OnlyOpen: true), stop);
            foreach (var row in page)
            {
                yield return row.Id;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].Id;
        }
    }

    /// <summary>A process that dies leaves runs in the journal of which no row was written.</summary>
    private async IAsyncEnumerable<RunId> UnlistedAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in IdsAsync(BeforeAll, MostIdsAtOnce, stop))
        {
            foreach (var id in await stores.UnlistedAsync(page, stop))
            {
                yield return id;
            }
        }
    }

    /// <summary>Page by page, in order; other persistent actors than runs are left out.</summary>
    private async IAsyncEnumerable<IReadOnlyList<RunId>> IdsAsync(
        string after, int atOnce, [EnumeratorCancellation] CancellationToken stop)
    {
        while (true)
        {
            var page = await stores.Journal.PersistenceIdsAsync(after, atOnce, stop);
            RunId[] runs = [.. page.Select(JournalCodec.RunOf).OfType<RunId>()];
            yield return runs;
            if (runs.Length < atOnce)
            {
                yield break;
            }

            after = page[^1];
        }
    }
}
