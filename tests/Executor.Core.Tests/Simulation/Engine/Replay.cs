using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Engine;

internal static class Replay
{
    /// <summary>The journal's entries after a sequence number, folded onto a state.</summary>
    public static RunState Fold(World world, long after, RunState run)
    {
        foreach (var row in world.Journal.After(after))
        {
            run = world.Build.Rules.Evolve(run, row.Events);
        }

        return run;
    }
}
