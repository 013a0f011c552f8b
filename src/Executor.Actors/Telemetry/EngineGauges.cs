using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Executor.Actors.Workers;
using Executor.Core;
using Executor.Core.Workers;

namespace Executor.Actors.Telemetry;

/// <summary>What there is just now in this process, and what the last look at the guard has shown.</summary>
internal static class EngineGauges
{
    private static readonly ConcurrentDictionary<WorkerBoard, bool> Boards = new();
    private static readonly ObservableGauge<long> Backlogs = EngineMeter.Meter.CreateObservableGauge(
        "executor.guard.backlog", BacklogNow, "{request}",
        "Rows of the guard by what they wait for, at the last look (every EXECUTOR__RECONCILE_EVERY), counted up to 10000.");

    private static long _activeRuns;
    private static long _waiting;
    private static GuardBacklog? _backlog;

    static EngineGauges()
    {
        EngineMeter.Meter.CreateObservableUpDownCounter(
            "executor.runs.active", () => Volatile.Read(ref _activeRuns), "{run}", "Runs that are in memory here.");
        EngineMeter.Meter.CreateObservableUpDownCounter(
            "executor.dispatches.waiting", () => Volatile.Read(ref _waiting), "{request}",
            "Requests in memory that are still to be reserved and published.");
        EngineMeter.Meter.CreateObservableGauge(
            "executor.workers", WorkersNow, "{worker}", "Workers that this node hears of, by state.");
        EngineMeter.Meter.CreateObservableGauge(
            "executor.worker.slots", SlotsNow, "{action}", "Places for actions of the workers alive, by pool and use.");
    }

    /// <summary>Whether it is worth a look.</summary>
    public static bool WantsBacklog => Backlogs.Enabled;

    public static void RunEntered() => Interlocked.Increment(ref _activeRuns);

    public static void RunLeft() => Interlocked.Decrement(ref _activeRuns);

    public static void Waiting(int more) => Interlocked.Add(ref _waiting, more);

    public static void Saw(GuardBacklog backlog) => Volatile.Write(ref _backlog, backlog);

    public static void Show(WorkerBoard board) => Boards[board] = true;

    public static void Hide(WorkerBoard board) => Boards.TryRemove(board, out _);

    private static IEnumerable<Measurement<long>> BacklogNow() => Volatile.Read(ref _backlog) is { } seen
        ?
        [
            Of(seen.Unsent, "state", "unsent"), Of(seen.Unclaimed, "state", "unclaimed"),
            Of(seen.Running, "state", "running"), Of(seen.Unclosed, "state", "unclosed"),
        ]
        : [];

    private static IEnumerable<Measurement<long>> WorkersNow()
    {
        var states = Boards.Keys.SelectMany(board => board.Seen).CountBy(worker => worker.State).ToDictionary();
        return Enum.GetValues<WorkerState>().Select(
            state => Of(states.GetValueOrDefault(state), "state", state.ToString().ToLowerInvariant()));
    }

    /// <summary>A worker of several pools counts in the first, so that the sum is what there is.</summary>
    private static IEnumerable<Measurement<long>> SlotsNow() => Boards.Keys.SelectMany(board => board.Seen)
        .Where(worker => worker.State == WorkerState.Alive)
        .GroupBy(worker => worker.Said.Pools.Count > 0 ? worker.Said.Pools[0] : "")
        .SelectMany(pool => new[]
        {
            new Measurement<long>(pool.Sum(worker => worker.Said.Running), Tags(pool.Key, "busy")),
            new Measurement<long>(pool.Sum(worker => Math.Max(0, worker.Said.Capacity - worker.Said.Running)), Tags(pool.Key, "free")),
        });

    private static KeyValuePair<string, object?>[] Tags(string pool, string use) =>
        [EngineMeter.Tag("pool", pool), EngineMeter.Tag("use", use)];

    private static Measurement<long> Of(long value, string tag, string word) => new(value, EngineMeter.Tag(tag, word));
}
