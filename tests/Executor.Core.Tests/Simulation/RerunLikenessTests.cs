using System.Collections.Immutable;
using System.Diagnostics;
using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;

namespace Executor.Core.Tests.Simulation;

/// <summary>
/// What runs again and ends as it did before leads to what it led to before, and what a cancel had cut off leads to what it
/// would have: of workflows whose outcome does not depend on the order of anything, whatever part runs again.
/// </summary>
[Trait("lesson", "5.9")]
public sealed class RerunLikenessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    [Fact]
    public void A_rerun_of_a_part_that_ends_as_it_did_ends_as_the_whole()
    {
        var seed = (ulong)Random.Shared.Next(1, int.MaxValue);
        Console.WriteLine($"rerun seed {seed}");
        var dice = new Dice(seed);
        var clock = Stopwatch.StartNew();
        var compared = 0;
        while (clock.Elapsed < Patience)
        {
            var scenario = Generator.Make(dice.Next());
            compared += scenario.IsOrderFree && Compare(scenario, dice, seed) ? 1 : 0;
        }

        Assert.True(compared > 0, "nothing was compared");
    }

    private static bool Compare(Scenario scenario, Dice dice, ulong seed)
    {
        var start = new RunCommand.Start(scenario.Workflow, scenario.Inputs, scenario.Limits, null, World.Epoch);
        var cancelAfter = dice.OneIn(2) ? dice.Between(1, 15) : 0;
        if (DullRun.Play(new RunId("r0"), start, scenario.Script.Of) is not var (whole, wholly) || whole.IsFailing
            || DullRun.Play(new RunId("r0"), start, scenario.Script.Of, cancelAfter) is not var (origin, journal))
        {
            return false;
        }

        var reached = RunView.Of(origin).Visits.Select(visit => visit.Task).Distinct().ToArray();
        string[] from = dice.OneIn(4) ? [] : dice.OneIn(2) ? [dice.Of(reached)] : [dice.Of(reached), dice.Of(reached)];
        var request = new RerunRequest([.. from], FailedItems: from.Length == 0);
        if (RerunPlanning.Of(origin.Id, journal, request).Plan is not { } plan)
        {
            return false;
        }

        var circumstances = $"""
            seed {seed}, again from {string.Join(", ", from)}, cancelled after {cancelAfter}
            {scenario.Yaml}
            {string.Join(", ", scenario.Script.Letters)}
            """;
        var again = start with { Origin = origin.Id, Plan = plan, At = World.Epoch.AddDays(1) };
        // Under the same name, since inputs may tell it.
        var (run, rest) = DullRun.Play(origin.Id, again, scenario.Script.Of)
            ?? throw new InvalidOperationException($"The rerun does not end. {circumstances}");
        Assert.True(Tell(whole) == Tell(run), $"{circumstances}\nwas {Tell(whole)}\nis  {Tell(run)}");
        var inputs = Inputs(wholly);
        Assert.All(Inputs(rest), one => Assert.True(
            inputs[one.Key] == one.Value, $"{circumstances}\n{one.Key} was sent {inputs[one.Key]}\nis  {one.Value}"));
        return true;
    }

    /// <summary>Each attempt of an item is sent the same.</summary>
    private static Dictionary<string, string> Inputs(IEnumerable<ImmutableArray<RunEvent>> journal) => journal
        .SelectMany(entry => entry).OfType<RunEvent.Dispatched>()
        .GroupBy(sent => $"{sent.Slot.Task}/{sent.Slot.Visit}[{sent.Slot.Item}]")
        .ToDictionary(of => of.Key, of => of.First().Input.ToString());

    private static string Tell(RunState run)
    {
        var visits = RunView.Of(run).Visits.Select(visit => $"{visit.Task}/{visit.Visit} {visit.Status} {visit.Items}");
        return $"{run.Status}: {string.Join(", ", visits.Order(StringComparer.Ordinal))}";
    }
}
