namespace Executor.Core.Tests.Simulation.Classic;

public sealed class ClassicRaceTests
{
    [Fact]
    [Trait("lesson", "1.1")]
    public void An_executor_that_asks_the_rows_runs_the_successor_twice_in_many_interleavings_without_any_fault()
    {
        var result = ClassicCampaign.Play(seed: 1, runs: 20_000, mostFaults: 0);

        Assert.Equal(0, result.Never);
        Assert.InRange(100.0 * result.Twice / result.Runs, 30, 95);
    }

    [Fact]
    public void It_also_loses_work_when_it_crashes()
    {
        var result = ClassicCampaign.Play(seed: 2, runs: 20_000, mostFaults: 3);

        Assert.True(result.Never > 0, "no run lost its successor");
        Assert.InRange(100.0 * result.Violations / result.Runs, 40, 95);
    }
}
