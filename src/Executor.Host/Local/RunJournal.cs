using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using Executor.Actors.Journal;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Host.Client;
using Executor.Storage;

namespace Executor.Host.Local;

/// <summary>The journal of one run, in a data directory or on a server: verbs that read it need not know where it is.</summary>
internal sealed class RunJournal : IAsyncDisposable
{
    private readonly JournalCodec _codec = new();
    private readonly ApiClient? _server;
    private readonly DataDirectory? _directory;
    private readonly SqliteStores? _stores;

    private RunJournal(RunId run, ApiClient? server, DataDirectory? directory, SqliteStores? stores)
    {
        Run = run;
        _server = server;
        _directory = directory;
        _stores = stores;
    }

    public RunId Run { get; }

    /// <param name="run">Its id; in a data directory also the beginning of it.</param>
    /// <exception cref="Unusable">There is no such run, no such directory, or the server says no.</exception>
    public static async Task<RunJournal> OpenAsync(
        ParseResult parsed, string run, string data, CancellationToken stop)
    {
        if (ServerOptions.Client(parsed) is { } server)
        {
            return new RunJournal(new RunId(run), server, null, null);
        }

        var directory = DataDirectory.Read(data);
        SqliteStores? stores = null;
        try
        {
            stores = await directory.OpenAsync();
            var found = await new RunArchive(stores).FindAsync(run, stop);
            return new RunJournal(found.Id, null, directory, stores);
        }
        catch
        {
            await new RunJournal(new RunId(run), null, directory, stores).DisposeAsync();
            throw;
        }
    }

    /// <param name="after">Only entries with a higher number.</param>
    /// <param name="task">Only events of this task, and entries with any; null for all.</param>
    /// <param name="most">How many entries are read at most.</param>
    public async Task<IReadOnlyList<JournalRow>> RowsAsync(long after, string? task, int most, CancellationToken stop)
    {
        var rows = new List<JournalRow>();
        await foreach (var row in AllAsync(Run, after, task, stop))
        {
            if (rows.Count == most)
            {
                break;
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The events of each entry, from the first on.</summary>
    /// <param name="most">How many entries are read at most.</param>
    public async Task<IReadOnlyList<IReadOnlyList<RunEvent>>> EntriesAsync(int most, CancellationToken stop) =>
        [.. (await RowsAsync(after: 0, task: null, most, stop)).Select(row => _codec.Read(row).Events)];

    /// <summary>The run with its workflow: entries before its start say nothing.</summary>
    /// <exception cref="Unusable">It has not started.</exception>
    public async Task<RunState> BegunAsync(CancellationToken stop)
    {
        await foreach (var row in AllAsync(Run, after: 0, task: null, stop))
        {
            if (RunState.Initial(Run).Evolve(_codec.Read(row).Events) is { HasStarted: true } begun)
            {
                return begun;
            }
        }

        throw new Unusable(RunCodes.RunUnknown, $"run {Run} has not started", "try again in a moment");
    }

    /// <summary>The same of another run in the same place; empty where there is none.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<RunEvent>>> EntriesOfAsync(RunId run, CancellationToken stop)
    {
        var entries = new List<IReadOnlyList<RunEvent>>();
        try
        {
            await foreach (var row in AllAsync(run, after: 0, task: null, stop))
            {
                entries.Add(_codec.Read(row).Events);
            }
        }
        catch (Refused none) when (none.Status == StatusCodes.Status404NotFound && run != Run)
        {
            // It was called, and has not begun.
        }

        return entries;
    }

    /// <summary>A result that is too large for the journal, as a whole.</summary>
    /// <param name="id">From a reference in the journal.</param>
    /// <exception cref="Unusable">There is none, or it is not what was stored.</exception>
    public async Task<Value> ResultAsync(string id, CancellationToken stop)
    {
        if (!StoredResult.IsId(id))
        {
            throw NoResult(id);
        }

        try
        {
            return LargeResult.Read(id, _server is not null
                ? Encoding.UTF8.GetBytes(await _server.GetTextAsync($"runs/{Run}/results/{id}", stop))
                : (await _stores!.Results.FetchAsync([id], stop))[0] ?? throw NoResult(id));
        }
        catch (InvalidDataException damaged)
        {
            throw new Unusable("result.damaged", damaged.Message, "look at the disk, and at the backup");
        }
    }

    /// <summary>The same by the beginning of its id, where only one that this run refers to begins so.</summary>
    /// <exception cref="Unusable">There is none, or there are several.</exception>
    public async Task<Value> FindResultAsync(string text, CancellationToken stop)
    {
        if (StoredResult.IsId(text))
        {
            return await ResultAsync(text, stop);
        }

        var found = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var row in AllAsync(Run, after: 0, task: null, stop))
        {
            found.UnionWith(StoredIds.In(row.Payload).Where(id => id.StartsWith(text, StringComparison.Ordinal)));
        }

        return found.Count switch
        {
            0 => throw NoResult(text),
            1 => await ResultAsync(found.Min!, stop),
            _ => throw ShortIds.Ambiguous("result.ambiguous", "stored results", text, found),
        };
    }

    private static Unusable NoResult(string id) => new(
        "result.unknown", $"there is no stored result '{id}'", "see the ids at $stored in: executor history RUN --output json");

    private async IAsyncEnumerable<JournalRow> AllAsync(
        RunId run, long after, string? task, [EnumeratorCancellation] CancellationToken stop)
    {
        if (_server is not null)
        {
            await foreach (var row in new RemoteRuns(_server).EntriesAsync(run, after, stop, task))
            {
                yield return row;
            }

            yield break;
        }

        var filter = task is null ? null : new TaskEntries(task);
        await foreach (var row in _stores!.Journal.EntriesAsync(JournalCodec.IdOf(run), after, stop))
        {
            if ((filter is null ? row : filter.Of(row)) is { } wanted)
            {
                yield return wanted;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _server?.Dispose();
        if (_stores is not null)
        {
            await _stores.DisposeAsync();
        }

        _directory?.Dispose();
    }
}
