using System.Diagnostics;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Reference;

/// <summary>The engine's decider and the reference do the same with random workflows, scripts, orders and cancels.</summary>
public sealed class DifferentialTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    [Fact]
    public void Random_runs_go_as_the_reference_says()
    {
        var seed = (ulong)Random.Shared.Next(1, int.MaxValue);
        Console.WriteLine($"differential seed {seed}");
        var dice = new Dice(seed);
        var clock = Stopwatch.StartNew();
        var compared = 0;
        for (; clock.Elapsed < Patience; compared++)
        {
            var trial = TrialMaker.Make(dice.Next());
            if (trial.Compare() is not null)
            {
                var least = TrialShrinker.Shrink(trial);
                Assert.Fail($"seed {seed}, comparison {compared}\n{least}\n{least.Compare()}");
            }
        }

        Assert.True(compared > 0, "nothing was compared");
    }
}
