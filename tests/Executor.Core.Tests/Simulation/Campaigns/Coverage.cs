using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;

namespace Executor.Core.Tests.Simulation.Campaigns;

/// <summary>Which faults have met what: a cell that stays at 0 is a promise that was never tried.</summary>
internal static class Coverage
{
    private const long LongRun = 100_000;

    /// <returns>False when a long run has left a cell at 0.</returns>
    public static bool IsFull(Statistics statistics) =>
        statistics.Runs < LongRun
        || statistics.AllFaults == 0
        || (!statistics.Cells.Contains(0) && !statistics.Deaths.Contains(0));

    public static void Print(Statistics statistics, TextWriter output)
    {
        var heads = BlocksOf.All.Select(block => $"{block,13}");
        output.WriteLine($"  {"",-18}{"all",9}{string.Concat(heads)}");
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            var cells = BlocksOf.All.Select((_, block) => $"{Tell(statistics.Cell(kind, block)),13}");
            output.WriteLine($"  {kind,-18}{Tell(statistics.Faults[(int)kind]),9}{string.Concat(cells)}");
        }

        output.WriteLine("deaths before");
        foreach (var point in Enum.GetValues<Point>())
        {
            output.WriteLine($"  {point,-18}{Tell(statistics.Deaths[(int)point]),9}");
        }
    }

    private static string Tell(long count) => count == 0 ? "NEVER" : $"{count}";
}
