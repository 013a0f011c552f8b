using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Chaos.Checks;
using Executor.Chaos.Evidences;
using Executor.Chaos.Ledgers;
using Executor.Core.Runs;

namespace Executor.Chaos;

/// <summary>What a campaign has come to, as <c>verdict.json</c> has it. Times are seconds.</summary>
/// <param name="OwnNetwork">False: all was on loopback, and no cable was cut.</param>
/// <param name="RecoveryMedian">Of all faults: from the end of one to the next completion of any attempt.</param>
/// <param name="WorstGap">The longest time between two completions from the first fault on, while runs were open.</param>
/// <param name="Problem">What went wrong with the campaign itself; null when nothing did.</param>
internal sealed record Verdict(
    int Seed, string Profile, bool OwnNetwork, bool Passed, double Seconds, int Runs, int Tasks, int Attempts, int Abandoned, int FaultCount,
    IReadOnlyDictionary<string, int> FaultsByKind, double RecoveryMedian, double RecoveryWorst, double WorstGap,
    int PutOff, int Calls, int CallsUnanswered, IReadOnlyDictionary<string, int> Ends,
    IReadOnlyList<FaultLine> Faults, IReadOnlyList<Violation> Violations, string? Problem)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Verdict Of(
        int seed, Profile profile, TimeSpan took, int putOff, Evidence evidence, IReadOnlyList<Violation> violations,
        string? problem)
    {
        var ends = evidence.Journals.SelectMany(journal => journal.OfType<RunEvent.ItemFinished>()
            .Where(end => end.Outcome.Status == SlotStatus.Completed).Select(end => end.At)).Order().ToList();
        var faults = evidence.Faults.Select(fault => FaultLine.Of(fault, ends)).ToList();
        var recoveries = faults.Select(fault => fault.Recovery).OfType<double>().Order().ToList();
        var first = evidence.Faults.Select(fault => fault.Begin).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var storm = ends.Where(end => end >= first).ToList();
        return new Verdict(
            seed, profile.Name, profile.HasNetwork, violations.Count == 0 && problem is null, Rounded(took), evidence.Journals.Length,
            evidence.Ledger.Where(line => line.Mark == LedgerMark.Started).Select(line => (line.Run, line.Slot with { Attempt = 0 })).Distinct().Count(),
            evidence.Ledger.Count(line => line.Mark == LedgerMark.Started),
            evidence.Guard.Count(row => row.Status == SlotStatus.Abandoned),
            faults.Count,
            evidence.Faults.GroupBy(fault => fault.Kind.ToString()).OrderBy(kind => kind.Key).ToDictionary(kind => kind.Key, kind => kind.Count()),
            recoveries.Count == 0 ? 0 : recoveries[recoveries.Count / 2],
            recoveries.Count == 0 ? 0 : recoveries[^1],
            Rounded(storm.Zip(storm.Skip(1), (one, next) => next - one).DefaultIfEmpty().Max()),
            putOff, evidence.Calls.Length, evidence.Calls.Count(call => call.Status is 0 or >= 500),
            evidence.Runs.GroupBy(run => StatusWords.Of(run.Status)).OrderBy(status => status.Key).ToDictionary(status => status.Key, status => status.Count()),
            faults, violations, problem);
    }

    public string Write() => JsonSerializer.Serialize(this, Form);

    internal static double Rounded(TimeSpan time) => Math.Round(time.TotalSeconds, 2);
}

/// <param name="Length">Until what it had taken away was there again.</param>
/// <param name="Recovery">Null when nothing completed afterwards.</param>
internal sealed record FaultLine(string Kind, string Target, DateTimeOffset At, double Length, double? Recovery)
{
    /// <param name="ends">Completions, in order.</param>
    public static FaultLine Of(Fault fault, List<DateTimeOffset> ends)
    {
        var next = ends.BinarySearch(fault.End);
        next = next < 0 ? ~next : next;
        return new FaultLine(
            fault.Kind.ToString(), fault.Target, fault.Begin, Verdict.Rounded(fault.End - fault.Begin),
            next == ends.Count ? null : Verdict.Rounded(ends[next] - fault.End));
    }
}
