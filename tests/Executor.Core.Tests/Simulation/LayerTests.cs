using Executor.Core.Tests.Simulation.Campaigns;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation;

/// <summary>Each of the two layers against double dispatch alone, the other switched off.</summary>
public sealed class LayerTests
{
    private const long Runs = 3_200;

    [Fact]
    [Trait("lesson", "1.1")]
    public void Layer_one_alone_decides_every_dispatch_once_but_cannot_keep_an_action_from_starting_twice()
    {
        var result = Play(Build.Layer1, faults: 6);

        Assert.Equal(0, result.AllViolations);
        Assert.True(result.Tolerated.GetValueOrDefault("I3") > Runs / 10, "nothing was started twice");
    }

    [Fact]
    [Trait("lesson", "1.2")]
    public void Layer_two_alone_starts_every_slot_once_although_several_incarnations_of_the_run_decide()
    {
        var result = Play(Build.Layer2, faults: 6);

        Assert.Equal(0, result.AllViolations);
        Assert.True(result.Tolerated.GetValueOrDefault("I1") > 0, "no slot was dispatched by two incarnations");
        Assert.True(result.Statistics.Conflicts > 0, "the guard saw no conflict");
    }

    private static CampaignResult Play(Build build, int faults) => new Campaign(build, seed: 11)
    {
        Runs = Runs,
        MostFaults = faults,
        StopsAtFirst = false,
    }.Play();
}
