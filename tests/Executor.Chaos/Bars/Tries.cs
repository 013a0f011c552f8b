using System.Globalization;

namespace Executor.Chaos.Bars;

/// <summary>What was measured of one bar.</summary>
/// <param name="Slack">How many times over the bar is accepted; 1 on a machine like the one it was set for.</param>
internal sealed record Tries(Bar Bar, IReadOnlyList<TimeSpan> Times, double Slack)
{
    public TimeSpan Median => Times.Order().ElementAt(Times.Count / 2);

    public TimeSpan Worst => Times.Max();

    public bool IsHeld => Worst <= Bar.Most * Slack;

    /// <summary>A table for people, a line for each.</summary>
    public static string Table(IReadOnlyList<Tries> all)
    {
        string[] heads = ["event", "measured", "tries", "median", "worst", "bar", "held"];
        var rows = all.Select(tries => tries.Cells).Prepend(heads).ToList();
        var widths = heads.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        return string.Join('\n', rows.Select(
            row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    private string[] Cells =>
    [
        Bar.Event, Bar.Measured, Times.Count.ToString(CultureInfo.InvariantCulture), Seconds(Median), Seconds(Worst),
        Seconds(Bar.Most * Slack), IsHeld ? "yes" : "NO",
    ];

    private static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
