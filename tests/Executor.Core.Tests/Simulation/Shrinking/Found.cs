using Executor.Core.Tests.Simulation.Checks;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;

namespace Executor.Core.Tests.Simulation.Shrinking;

/// <summary>A run that broke an invariant, with all that repeats it.</summary>
internal sealed record Found(Scenario Scenario, Profile Profile, Build Build, int[] Choices, Violation Violation)
{
    /// <returns>Null when the run holds all invariants.</returns>
    public static Found? Play(Scenario scenario, Profile profile, Build build, int[] choices)
    {
        var world = new World(scenario, profile, build, Schedule.Of(choices));
        var violation = world.Play() ?? new OrderOracle(scenario, build).Compare(world);
        return violation is null ? null : new Found(scenario, profile, build, world.Schedule.Taken, violation);
    }

    public string Tell()
    {
        var trace = new Trace();
        new World(Scenario, Profile, Build, Schedule.Of(Choices), trace).Play();
        return trace.ToString();
    }
}
