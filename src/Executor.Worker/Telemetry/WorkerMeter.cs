using System.Diagnostics.Metrics;
using Executor.Core.Runs;

namespace Executor.Worker.Telemetry;

/// <summary>What the workers of this process do.</summary>
public static class WorkerMeter
{
    public const string Name = "Executor.Worker";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "executor.worker.attempts", "{attempt}", "Attempts that ended here, by action and status; dropped: nobody waits for its result.");

    private static readonly Histogram<double> ActionTime = Meter.CreateHistogram(
        "executor.worker.action.time", "s", "From the start of an action to its end.", null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600],
        });

    private static long _busy;

    static WorkerMeter() => Meter.CreateObservableUpDownCounter(
        "executor.worker.busy", () => Volatile.Read(ref _busy), "{action}", "Actions that run just now.");

    internal static void Began() => Interlocked.Increment(ref _busy);

    /// <param name="action">As the catalogue has it, so that foreign names make no series.</param>
    /// <param name="status">Null: nobody waits for the result.</param>
    internal static void Ended(string action, SlotStatus? status, TimeSpan took)
    {
        Interlocked.Decrement(ref _busy);
        var name = new KeyValuePair<string, object?>("action", action);
        Attempts.Add(1, name, new("status", status?.ToString().ToLowerInvariant() ?? "dropped"));
        ActionTime.Record(took.TotalSeconds, name);
    }
}
