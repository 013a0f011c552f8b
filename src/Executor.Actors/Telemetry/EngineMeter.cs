using System.Diagnostics;
using System.Diagnostics.Metrics;
using Executor.Core.Runs;

namespace Executor.Actors.Telemetry;

/// <summary>What a node counts. Counted per process; costs next to nothing while nobody listens.</summary>
public static class EngineMeter
{
    public const string Name = "Executor.Actors";

    internal static readonly Meter Meter = new(Name);

    /// <summary>From half a millisecond to ten seconds: what storing and answering takes.</summary>
    internal static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries =
            [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    private static readonly Counter<long> RunsStarted = Meter.CreateCounter<long>(
        "executor.runs.started", "{run}", "Runs whose start was journaled.");

    internal static readonly Counter<long> Dispatches = Meter.CreateCounter<long>(
        "executor.dispatches", "{request}", "Requests to workers that the broker has confirmed.");

    internal static readonly Counter<long> Unconfirmed = Meter.CreateCounter<long>(
        "executor.dispatches.unconfirmed", "{request}", "Requests that the broker has not confirmed; they are tried again.");

    internal static readonly Counter<long> Resent = Meter.CreateCounter<long>(
        "executor.dispatches.resent", "{request}", "Requests that nobody claimed for long and that go out again.");

    internal static readonly Counter<long> Abandoned = Meter.CreateCounter<long>(
        "executor.attempts.abandoned", "{attempt}", "Attempts whose lease ended without a result.");

    internal static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>(
        "executor.requests.dead", "{request}", "Requests that no worker could take; each is a failed attempt.");

    internal static readonly Counter<long> Conflicts = Meter.CreateCounter<long>(
        "executor.guard.conflicts", "{request}", "Requests that another incarnation of the run had decided otherwise; not sent.");

    internal static readonly Counter<long> ResultsRedelivered = Meter.CreateCounter<long>(
        "executor.results.redelivered", "{result}", "Results that came more than once.");

    internal static readonly Histogram<double> QueueWait = Meter.CreateHistogram(
        "executor.queue.wait", "s", "From a request's publishing to its claim, by the clocks of node and worker.", null, Seconds);

    internal static readonly Histogram<double> ResultTime = Meter.CreateHistogram(
        "executor.result.time", "s", "From a result's arrival to its run having stored it.", null, Seconds);

    private static readonly Histogram<double> JournalWrite = Meter.CreateHistogram(
        "executor.journal.write", "s", "From a run's decision to its entry being stored.", null, Seconds);

    internal static readonly Counter<long> JournalFailures = Meter.CreateCounter<long>(
        "executor.journal.failures", "{entry}", "Entries that could not be stored, or may not have been; the run comes back.");

    private static readonly Counter<long> RunsEnded = Meter.CreateCounter<long>(
        "executor.runs.ended", "{run}", "Runs whose end was journaled, by status.");

    private static readonly Counter<long> Claims = Meter.CreateCounter<long>(
        "executor.claims", "{claim}", "Claims of workers, by answer: granted, refused, pool where the sender may not serve it, or none because of the database.");

    private static readonly Counter<long> Renewals = Meter.CreateCounter<long>(
        "executor.renewals", "{renewal}", "Renewals of workers, by answer: running or ended.");

    private static readonly Counter<long> Results = Meter.CreateCounter<long>(
        "executor.results", "{result}", "Results from workers, by what became of them: stored, late, refused, forged, returned.");

    /// <summary>An entry of a run is stored.</summary>
    internal static void Advanced(RunState before, RunState after)
    {
        if (!before.HasStarted && after.HasStarted)
        {
            RunsStarted.Add(1);
        }

        if (!before.HasEnded && after.HasEnded)
        {
            RunsEnded.Add(1, Tag("status", StatusWords.Of(after.Status)));
        }
    }

    /// <param name="began">Timestamp of the decision.</param>
    internal static void Stored(long began) => JournalWrite.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);

    internal static void Claim(string answer, int count = 1) => Claims.Add(count, Tag("answer", answer));

    internal static void Renewal(bool running) => Renewals.Add(1, Tag("answer", running ? "running" : "ended"));

    internal static void Result(string outcome) => Results.Add(1, Tag("outcome", outcome));

    internal static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
