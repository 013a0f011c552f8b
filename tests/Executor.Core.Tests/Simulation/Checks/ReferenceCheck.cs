using Executor.Core.Runs;
using Executor.Core.Tests.Reference;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>The second interpreter goes the same way as the run.</summary>
internal static class ReferenceCheck
{
    public static void Check(World world, RunState run)
    {
        if (Retelling.Difference([.. world.Journal.After(0).SelectMany(row => row.Events)], run) is { } difference)
        {
            world.Checks.Break("I13", difference);
        }
    }
}
