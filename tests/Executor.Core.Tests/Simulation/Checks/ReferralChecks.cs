using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>What the journal refers to is there; what leaves the run is whole.</summary>
internal static class ReferralChecks
{
    public static void Check(World world, RunEvent happened, long entry)
    {
        foreach (var stored in ResultTable.In(happened))
        {
            if (!world.Kept.Has(stored))
            {
                world.Checks.Break("I27", $"entry {entry} refers to a result that is not stored");
            }

            if (happened is RunEvent.Dispatched or RunEvent.RunEnded)
            {
                world.Checks.Break("I27", $"{happened.GetType().Name} in entry {entry} refers to a result");
            }
        }
    }
}
