using System.Collections.Immutable;
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
    private static readonly string BeforeAll = JournalCodec.IdOf(new RunId(""));

    /// <summary>Newest first.</summary>
    public async Task<ImmutableArray<RunRow>> ListAsync(int limit, CancellationToken stop)
    {
        var rows = new List<RunRow>();
        foreach (var run in await UnfinishedAsync(stop))
        {
            rows.Add(RunRows.RowOf(run));
        }

        var open = rows.Select(row => row.Id).ToHashSet();
        rows.AddRange((await stores.Executions.RunsAsync(new RunQuery(limit + open.Count), stop))
            .Where(row => !open.Contains(row.Id)));
        return [.. rows.OrderByDescending(row => row.StartedAt).ThenBy(row => row.Id.Text, StringComparer.Ordinal)
            .Take(limit)];
    }

    /// <summary>Runs that have begun and not ended, oldest first.</summary>
    public async Task<ImmutableArray<RunState>> UnfinishedAsync(CancellationToken stop)
    {
        var ended = await EndedAsync(stop);
        var unfinished = ImmutableArray.CreateBuilder<RunState>();
        await foreach (var id in IdsAsync(BeforeAll, stop))
        {
            if (!ended.Contains(id) && await StateAsync(id, stop) is { HasStarted: true, HasEnded: false } run)
            {
                unfinished.Add(run);
            }
        }

        return [.. unfinished.OrderBy(run => run.StartedAt).ThenBy(run => run.Id.Text, StringComparer.Ordinal)];
    }

    /// <param name="text">A run's id, or the beginning of only one.</param>
    /// <exception cref="Unusable">No run has such an id, or several have.</exception>
    public async Task<RunState> FindAsync(string text, CancellationToken stop)
    {
        if (await StateAsync(new RunId(text), stop) is { HasStarted: true } exact)
        {
            return exact;
        }

        var found = new List<RunId>();
        await foreach (var id in IdsAsync(JournalCodec.IdOf(new RunId(text)), stop))
        {
            if (found.Count == 2 || !id.Text.StartsWith(text, StringComparison.Ordinal))
            {
                break;
            }

            found.Add(id);
        }

        return found.Count switch
        {
            1 => await StateAsync(found[0], stop),
            0 => throw new Unusable(
                RunCodes.RunUnknown, $"there is no run '{text}'", "see: executor runs, and mind --data DIR"),
            _ => throw new Unusable(
                "run.ambiguous", $"several runs begin with '{text}': {found[0]}, {found[1]}", "write more of the id"),
        };
    }

    /// <summary>Everything dispatched for a run, counted by the guard.</summary>
    public async Task<DispatchCounts> DispatchesAsync(RunId run, CancellationToken stop) =>
        DispatchCounts.Of(await stores.Guard.RowsAsync(run, stop));

    /// <summary>The rows of its journal as they are stored, in order.</summary>
    public IAsyncEnumerable<JournalRow> EntriesAsync(RunId run, CancellationToken stop) =>
        stores.Journal.EntriesAsync(JournalCodec.IdOf(run), stop);

    private async Task<RunState> StateAsync(RunId id, CancellationToken stop)
    {
        var codec = new JournalCodec();
        var run = RunState.Initial(id);
        await foreach (var row in EntriesAsync(id, stop))
        {
            run = run.Evolve(codec.Read(row).Events);
        }

        return run;
    }

    private async Task<HashSet<RunId>> EndedAsync(CancellationToken stop)
    {
        var ended = new HashSet<RunId>();
        RunId? last = null;
        while (true)
        {
            var page = await stores.Executions.RunsAsync(new RunQuery(Page, last), stop);
            ended.UnionWith(page.Where(row => row.EndedAt is not null).Select(row => row.Id));
            if (page.Count < Page)
            {
                return ended;
            }

            last = page[^1].Id;
        }
    }

    /// <summary>In order; other persistent actors than runs are left out.</summary>
    private async IAsyncEnumerable<RunId> IdsAsync(
        string after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        while (true)
        {
            var page = await stores.Journal.PersistenceIdsAsync(after, Page, stop);
            foreach (var id in page)
            {
                if (JournalCodec.RunOf(id) is not { } run)
                {
                    yield break;
                }

                yield return run;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1];
        }
    }
}
