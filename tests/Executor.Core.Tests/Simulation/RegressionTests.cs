using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Shrinking;

namespace Executor.Core.Tests.Simulation;

/// <summary>What the simulator has found once is played again in every test run.</summary>
public sealed class RegressionTests
{
    private const string Folder = ".Simulation.Regressions.";

    public static TheoryData<string> Names => [.. typeof(RegressionTests).Assembly.GetManifestResourceNames()
        .Where(name => name.Contains(Folder, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_former_violation_stays_repaired(string name)
    {
        using var stream = typeof(RegressionTests).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);

        var found = RegressionCase.Parse(reader.ReadToEnd()).Play(Build.Full);

        Assert.True(found is null, $"{found?.Violation}\n{found?.Tell()}");
    }
}
