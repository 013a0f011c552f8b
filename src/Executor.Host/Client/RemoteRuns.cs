using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Executor.Actors.Journal;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Host.Output;

namespace Executor.Host.Client;

/// <summary>Runs of a server, folded here from their journals: so everything that shows a run shows a remote one alike.</summary>
internal sealed class RemoteRuns(ApiClient api)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Long enough for a server to be replaced.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly JournalCodec _codec = new();

    /// <exception cref="Unusable">There is no such run, or the server says no.</exception>
    public Task<RunState> StateAsync(RunId run, CancellationToken stop) => AdvanceAsync(RunState.Initial(run), stop);

    /// <summary>The rows of its journal, in order.</summary>
    /// <param name="task">Only its events, and entries with any; null for all.</param>
    public async IAsyncEnumerable<JournalRow> EntriesAsync(
        RunId run, long after, [EnumeratorCancellation] CancellationToken stop, string? task = null)
    {
        var filter = task is null ? "" : $"&task={Uri.EscapeDataString(task)}";
        for (long? next = after; next is { } from;)
        {
            var page = await api.GetAsync($"runs/{run}/history?limit=500&after={from}{filter}", stop);
            foreach (var entry in page["entries"]!.AsArray())
            {
                yield return RowOf(entry!.AsObject());
            }

            next = (long?)page["next"];
        }
    }

    public async Task<DispatchCounts> DispatchesAsync(RunId run, CancellationToken stop)
    {
        var body = await api.GetAsync($"runs/{run}?dispatches=true", stop);
        return new DispatchCounts(body["tasks"]!.AsArray().ToDictionary(
            task => ((string)task!["task"]!, (int)task["visit"]!), task => (int)task!["dispatches"]!));
    }

    /// <summary>
    /// The run as it is now, and whenever it has gone on, to its end; a lost connection is made anew, a stream that is held
    /// up is not waited for, and a server that does not answer is asked again for two minutes.
    /// </summary>
    public async IAsyncEnumerable<RunState> FollowAsync(RunId id, [EnumeratorCancellation] CancellationToken stop)
    {
        var run = await StateAsync(id, stop);
        yield return run;
        var (pause, silent) = (FirstPause, TimeSpan.Zero);
        while (!run.HasEnded)
        {
            await using var news = new RunNews(api, run, stop);
            while (!run.HasEnded && await news.NextAsync() && await TryAdvanceAsync(run, silent, stop) is { } next)
            {
                (pause, silent) = (FirstPause, TimeSpan.Zero);
                if (next.Entries > run.Entries)
                {
                    run = next;
                    yield return run;
                }
            }

            if (!run.HasEnded)
            {
                await Task.Delay(pause, stop);
                silent += pause;
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (await TryAdvanceAsync(run, silent, stop) is { } late && late.Entries > run.Entries)
                {
                    run = late;
                    yield return run;
                }
            }
        }
    }

    /// <returns>Null when the server does not answer now.</returns>
    private async Task<RunState?> TryAdvanceAsync(RunState run, TimeSpan silent, CancellationToken stop)
    {
        try
        {
            return await AdvanceAsync(run, stop);
        }
        catch (Unusable fault) when (silent < Patience && fault is Unreachable or Refused { Status: 503 })
        {
            return null;
        }
    }

    private async Task<RunState> AdvanceAsync(RunState run, CancellationToken stop)
    {
        await foreach (var row in EntriesAsync(run.Id, run.Entries, stop))
        {
            run = run.Evolve(_codec.Read(row).Events);
        }

        return run;
    }

    private static JournalRow RowOf(JsonObject entry)
    {
        var sequence = (long)entry["sequence"]!;
        var at = (DateTimeOffset)entry["at"]!;
        entry.Remove("sequence");
        return new JournalRow(sequence, at, "", Encoding.UTF8.GetBytes(entry.ToJsonString()));
    }
}
