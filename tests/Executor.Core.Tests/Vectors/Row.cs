namespace Executor.Core.Tests.Vectors;

/// <summary>A row of a table of expected values: cells that hold several entries, parted by <c>·</c>.</summary>
internal static class Row
{
    /// <summary>Each entry with what is expected of it; the last expectation counts for all that follow it.</summary>
    public static IEnumerable<(string Given, string Expected)> Of(string given, string expected)
    {
        var (entries, expectations) = (Entries(given), Entries(expected));
        Assert.InRange(expectations.Length, 1, entries.Length);
        return entries.Select((entry, place) => (entry, expectations[Math.Min(place, expectations.Length - 1)]));
    }

    private static string[] Entries(string cell) => cell.Split('·', StringSplitOptions.TrimEntries);
}
