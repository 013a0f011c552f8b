using System.Collections.Immutable;
using Executor.Chaos.Load;
using Executor.Core.Runs;
using Npgsql;

namespace Executor.Chaos.Evidences;

/// <summary>Looks every second while faults go on: how many runs are open, which have ended, what the API tells of some.</summary>
internal sealed class Sampler(DatabaseReader database, LoadClient client)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly List<LiveView> _views = [];
    private readonly HashSet<(RunId, RunStatus)> _ended = [];
    private long _open;

    public int OpenRuns => (int)Interlocked.Read(ref _open);

    /// <summary>To be read when it has stopped.</summary>
    public ImmutableArray<LiveView> Views => [.. _views];

    /// <inheritdoc cref="Views"/>
    public ImmutableArray<(RunId Run, RunStatus Status)> SeenEnded => [.. _ended];

    public async Task RunAsync(Func<RunId?> any, CancellationToken end, CancellationToken stop)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                Interlocked.Exchange(ref _open, (await database.OpenAsync(stop)).OpenRuns);
                _ended.UnionWith(await database.EndedAsync(limit: 20, stop));
            }
            catch (NpgsqlException)
            {
                // The nemesis has taken the database away; the next look finds it.
                Interlocked.Exchange(ref _open, 0);
            }

            if (any() is { } run && await client.ShowAsync(run, stop) is { } view)
            {
                _views.Add(view);
            }

            await Task.Delay(Pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
