using System.Globalization;

namespace Executor.Benchmarks.Cluster;

/// <summary>What one scenario took.</summary>
/// <param name="ProcessorMilliseconds">By process.</param>
internal sealed record Measured(
    Scenario Scenario, int Runs, double Seconds, IReadOnlyList<(string Process, double Milliseconds)> ProcessorMilliseconds,
    long Commits, long Flushes, long Messages, Latencies Latencies, IReadOnlyList<StatementCount> Statements)
{
    private int Tasks => Runs * Scenario.Tasks;

    public IEnumerable<string> Lines()
    {
        yield return Invariant($"## {Scenario.Name}");
        yield return Invariant($"{Runs:N0} runs, {Tasks:N0} tasks in {Seconds:F1} s: **{Tasks / Seconds:N0} tasks/s**");
        yield return Quantiles("run", Latencies.Runs);
        yield return Quantiles("last action ended -> successor confirmed by the broker", Latencies.Successors);
        yield return "CPU ms per task: " + string.Join(", ", ProcessorMilliseconds.Select(
            each => Invariant($"{each.Process} {each.Milliseconds / Tasks:F2}")));
        var all = ProcessorMilliseconds.Sum(each => each.Milliseconds);
        yield return Invariant(
            $"together {all / Tasks:F2}, which is {all / 1000 / Seconds:F2} of {Environment.ProcessorCount} processors");
        yield return Invariant(
            $"per task: {(double)Commits / Tasks:F2} commits, {(double)Flushes / Tasks:F2} flushes of the database's journal, {(double)Messages / Tasks:F2} messages published");
        yield return "| calls | rows per call | ms per call | s | statement |";
        yield return "|---|---|---|---|---|";
        foreach (var one in Statements)
        {
            yield return Invariant(
                $"| {one.Calls:N0} | {(double)one.Rows / one.Calls:F1} | {one.Milliseconds / one.Calls:F2} | {one.Milliseconds / 1000:F1} | {one.Text} |");
        }
    }

    private static string Quantiles(string what, double[] sorted) => Invariant(
        $"{what}: p50 {Latencies.Quantile(sorted, 0.5):N1} ms, p99 {Latencies.Quantile(sorted, 0.99):N1} ms");

    private static string Invariant(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
