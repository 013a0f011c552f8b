using System.Diagnostics;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Classic;

/// <param name="Shortest">Trace of the shortest run in which the successor ran twice.</param>
internal sealed record ClassicResult(
    long Runs, long Steps, long Twice, long Never, List<string>? Shortest, TimeSpan Elapsed)
{
    public long Violations => Twice + Never;
}

internal static class ClassicCampaign
{
    private const int Length = 64;

    public static ClassicResult Play(ulong seed, long runs, int mostFaults)
    {
        var watch = Stopwatch.StartNew();
        var dice = new Dice(seed);
        long steps = 0;
        long twice = 0;
        long never = 0;
        (int Steps, int Items, int[] Choices)? shortest = null;
        for (long run = 0; run < runs; run++)
        {
            var items = dice.Between(2, 5);
            var faults = mostFaults == 0 ? 0 : dice.Below(mostFaults + 1);
            var schedule = Schedule.Thrown(dice.Next(), Length);
            var world = new ClassicWorld(items, faults, schedule);
            var violation = world.Play();
            steps += world.Steps;
            never += violation?.Invariant == "I7" ? 1 : 0;
            if (violation?.Invariant == "I12")
            {
                twice++;
                if (faults == 0 && (shortest is null || world.Steps < shortest.Value.Steps))
                {
                    shortest = (world.Steps, items, schedule.Taken);
                }
            }
        }

        return new ClassicResult(runs, steps, twice, never, Trace(shortest), watch.Elapsed);
    }

    private static List<string>? Trace((int Steps, int Items, int[] Choices)? shortest)
    {
        if (shortest is not { } found)
        {
            return null;
        }

        var trace = new List<string>();
        new ClassicWorld(found.Items, 0, Schedule.Of(found.Choices), trace).Play();
        return trace;
    }
}
