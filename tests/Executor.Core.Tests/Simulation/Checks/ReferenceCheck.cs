using Executor.Core.Runs;
using Executor.Core.Tests.Reference;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>The second interpreter, which has all results at hand, goes the same way as the run.</summary>
internal static class ReferenceCheck
{
    public static void Check(World world, RunState run)
    {
        var entries = world.Journal.After(0).Select(row => row.Events.Select(world.Kept.Whole).ToArray()).ToList();
        var whole = world.Profile.Refers
            ? entries.Aggregate(RunState.Initial(run.Id), (state, entry) => state.Evolve(entry))
            : run;
        if (Retelling.Difference([.. entries.SelectMany(entry => entry)], whole) is { } difference)
        {
            world.Checks.Break("I13", difference);
        }
    }
}
