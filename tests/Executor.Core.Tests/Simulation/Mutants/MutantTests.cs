using Executor.Core.Tests.Simulation.Campaigns;

namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>A check that has never fired is not trusted: each planted fault must be found.</summary>
public sealed class MutantTests
{
    private const long SurvivorRuns = 640;

    public static TheoryData<string> Names => [.. Mutant.All.Select(mutant => mutant.Name)];

    public static TheoryData<string> SurvivorNames => [.. Mutant.Survivors.Select(mutant => mutant.Name)];

    /// <remarks>
    /// The search begins where the fault is known to show; when the generator has changed, it goes on from there.
    /// </remarks>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_fault_is_found_within_a_minute(string name)
    {
        var mutant = Mutant.All.Single(mutant => mutant.Name == name);
        var result = new Campaign(mutant.Build, Finds.Seed)
        {
            From = Finds.Definition(name),
            Duration = TimeSpan.FromSeconds(60),
        }.Play();

        Assert.NotNull(result.First);
    }

    [Theory]
    [MemberData(nameof(SurvivorNames))]
    public void What_is_guaranteed_twice_survives_the_loss_of_one(string name)
    {
        var mutant = Mutant.Survivors.Single(mutant => mutant.Name == name);

        Assert.Null(new Campaign(mutant.Build, Finds.Seed) { Runs = SurvivorRuns }.Play().First);
    }
}
