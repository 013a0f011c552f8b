using System.Globalization;
using Executor.Core.Tests.Simulation.Campaigns;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;
using Executor.Core.Tests.Simulation.Shrinking;
using Xunit.Abstractions;

namespace Executor.Core.Tests.Simulation;

/// <summary>
/// Random workflows and faults from a fresh seed, which is printed, for a minute on two cores; another time with
/// EXECUTOR_SIMULATION_SECONDS, a seed of old with EXECUTOR_SIMULATION_SEED.
/// </summary>
public sealed class FreshSeedTests(ITestOutputHelper output)
{
    private const string SecondsVariable = "EXECUTOR_SIMULATION_SECONDS";
    private const string SeedVariable = "EXECUTOR_SIMULATION_SEED";
    private const int UsualSeconds = 60;

    [Fact]
    public void Every_promise_holds_in_random_workflows_schedules_and_faults() =>
        Play(new Campaign(Build.Full, Seed()) { Duration = Seconds() * 3 / 4, Threads = 2 });

    [Fact]
    public void A_broken_workflow_is_refused_or_runs_without_violation() =>
        Play(new Campaign(Build.Full, Seed())
        {
            Duration = Seconds() / 4,
            Threads = 2,
            Programs = Mutilator.MakeReadable,
        });

    private static TimeSpan Seconds() => TimeSpan.FromSeconds(Number(SecondsVariable) ?? UsualSeconds);

    private static ulong Seed() => (ulong)(Number(SeedVariable) ?? Random.Shared.Next(1, int.MaxValue));

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Play(Campaign campaign)
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

        Assert.True(result.Statistics.Runs > 0, "no run was made");
    }
}
