using Executor.Core.Tests.Simulation.Campaigns;

namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>A check that has never fired is not trusted: each planted fault must be found.</summary>
public sealed class MutantTests
{
    public static TheoryData<string> Names => [.. Mutant.All.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_fault_is_found_within_a_minute(string name)
    {
        var mutant = Mutant.All.Single(mutant => mutant.Name == name);
        var result = new Campaign(mutant.Build, seed: 7) { Duration = TimeSpan.FromSeconds(60) }.Play();

        Assert.NotNull(result.First);
    }
}
