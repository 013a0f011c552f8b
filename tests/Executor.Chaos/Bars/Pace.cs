using Executor.Chaos.Ledgers;
using Executor.Core.Runs;

namespace Executor.Chaos.Bars;

/// <summary>When runs went on, by the ledger: a run goes on when an action of it begins.</summary>
internal static class Pace
{
    /// <returns>
    /// The longest time between two begins of actions of the run, of which the second is after the moment; null when
    /// the run had begun all of its actions before.
    /// </returns>
    public static TimeSpan? LongestSilence(IEnumerable<LedgerLine> lines, RunId run, DateTimeOffset moment)
    {
        var begins = Begins(lines, run).ToList();
        return begins.Zip(begins.Skip(1), (last, next) => (last, next)).Where(pair => pair.next > moment)
            .Max(pair => (TimeSpan?)(pair.next - pair.last));
    }

    /// <returns>The longest of the runs that had actions to begin after the moment; none when no run had.</returns>
    public static IEnumerable<TimeSpan> LongestSilence(
        IReadOnlyList<LedgerLine> lines, IEnumerable<RunId> runs, DateTimeOffset moment) =>
        runs.Select(run => LongestSilence(lines, run, moment)).OfType<TimeSpan>().OrderDescending().Take(1);

    /// <returns>Until each of the runs that had actions to begin after the moment has begun one; none when no run had.</returns>
    public static IEnumerable<TimeSpan> UntilNext(
        IReadOnlyList<LedgerLine> lines, IEnumerable<RunId> runs, DateTimeOffset moment) =>
        runs.Select(run => UntilNext(lines, run, moment)).OfType<TimeSpan>().OrderDescending().Take(1);

    private static TimeSpan? UntilNext(IEnumerable<LedgerLine> lines, RunId run, DateTimeOffset moment) =>
        Begins(lines, run).Where(at => at > moment).Select(at => (TimeSpan?)(at - moment)).FirstOrDefault();

    private static IOrderedEnumerable<DateTimeOffset> Begins(IEnumerable<LedgerLine> lines, RunId run) =>
        lines.Where(line => line.Run == run && line.Mark == LedgerMark.Started).Select(line => line.At).Order();
}
