using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>
/// With healthy workers and nothing that keeps them busy, a request that was lost is sent again long before its
/// deadline: then no attempt may end because nobody has ever taken it.
/// </summary>
internal static class LostChecks
{
    private const int MostResends = 2;
    private static readonly TimeSpan LongCalm = TimeSpan.FromMinutes(20);

    public static void Check(World world, RunEvent.ItemFinished finished)
    {
        if (finished is { ByRun: true, Outcome.Status: SlotStatus.Timeout }
            && world.CalmFor > LongCalm
            && !world.Scenario.Script.Hangs
            && world.Guard.Find(finished.Slot) is null or { Worker: null, Resends: <= MostResends }
            && world.Build.HasGuard)
        {
            world.Checks.Break("I7", $"{finished.Slot} timed out although workers were free: its request was lost");
        }
    }
}
