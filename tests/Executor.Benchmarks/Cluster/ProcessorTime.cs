using System.Globalization;

namespace Executor.Benchmarks.Cluster;

/// <summary>What processes have used of the processors, as the kernel counts it: in hundredths of a second.</summary>
internal static class ProcessorTime
{
    private const double MillisecondsPerTick = 10;

    /// <summary>Milliseconds of one process, its threads included.</summary>
    public static double Of(int process) => Stat(process) is { } stat ? (stat[11] + stat[12]) * MillisecondsPerTick : 0;

    /// <summary>Milliseconds of a process, of the children it has now, and of those that it has had.</summary>
    public static double OfFamily(int process)
    {
        var own = Stat(process) is { } stat ? (stat[11] + stat[12] + stat[13] + stat[14]) * MillisecondsPerTick : 0;
        var children = File.ReadAllText($"/proc/{process}/task/{process}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return own + children.Sum(child => Of(int.Parse(child, CultureInfo.InvariantCulture)));
    }

    /// <summary>The fields after the name: 11 and 12 are user and system time, 13 and 14 the same of ended children.</summary>
    private static long[]? Stat(int process)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{process}/stat");
        }
        catch (Exception ended) when (ended is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return [.. fields.Take(15).Select((field, place) => place == 0 ? 0 : long.Parse(field, CultureInfo.InvariantCulture))];
    }
}
