using System.Globalization;
using Executor.Core.Tests.Simulation.Campaigns;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;
using Executor.Core.Tests.Simulation.Shrinking;
using Xunit.Abstractions;

namespace Executor.Core.Tests.Simulation;

/// <summary>Random workflows and faults from seed 1; with EXECUTOR_SIMULATION_SECONDS from a fresh seed, for that long.</summary>
public sealed class FreshSeedTests(ITestOutputHelper output)
{
    private const string SecondsVariable = "EXECUTOR_SIMULATION_SECONDS";

    [Fact]
    public void Every_promise_holds_in_random_workflows_schedules_and_faults()
    {
        var text = Environment.GetEnvironmentVariable(SecondsVariable);
        var seconds = int.TryParse(text, CultureInfo.InvariantCulture, out var given) ? given : 8;
        var result = Play(new Campaign(Build.Full, text is null ? 1 : Seed()) { Duration = TimeSpan.FromSeconds(seconds), Threads = 2 });

        Assert.True(result.Statistics.Runs > 0 || seconds == 0, "no run was made");
    }

    [Fact]
    public void A_broken_workflow_is_refused_or_runs_without_violation()
    {
        var read = 0;
        var campaign = new Campaign(Build.Full, 1)
        {
            Runs = 15,
            Programs = seed =>
            {
                var dice = new Dice(seed);
                for (var tries = 0; tries < 1_000; tries++)
                {
                    if (Mutilator.Make(dice.Next()) is { } scenario)
                    {
                        read++;
                        return scenario;
                    }
                }

                throw new InvalidOperationException("a thousand broken workflows in a row were refused");
            },
        };

        Play(campaign);
        Assert.True(read > 0, "no broken workflow could be read");
    }

    private static ulong Seed() => (ulong)Random.Shared.Next(1, int.MaxValue);

    private CampaignResult Play(Campaign campaign)
    {
        Console.WriteLine($"simulation seed {campaign.Seed}");
        var result = campaign.Play();
        output.WriteLine($"seed {campaign.Seed}: {result.Statistics.Runs} runs, {result.Statistics.Steps} steps, "
            + $"{result.Statistics.AllFaults} faults, {result.Rate:N0} runs/s");
        if (result.First is { } first)
        {
            var found = Shrinker.Shrink(first);
            var kept = RegressionCase.Of(found, $"Seed_{campaign.Seed}");
            Assert.Fail($"{found.Violation}\n\n{found.Scenario.Yaml}\n{found.Tell()}\n\n{kept.ToTest()}\n{kept.ToJson()}");
        }

        return result;
    }
}
