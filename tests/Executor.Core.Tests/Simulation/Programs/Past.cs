using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>A part of a run of the same workflow runs again. That run went without faults, the oldest attempt ended first.</summary>
/// <param name="CancelAfter">The end of this attempt, from 1; 0 for never.</param>
internal sealed record Past(string[] From, bool FailedItems, int CancelAfter)
{
    /// <returns>Null when there is nothing of the kind.</returns>
    public static Past? Draw(Scenario scenario, Dice dice)
    {
        var cancelAfter = dice.OneIn(3) ? dice.Between(1, 12) : 0;
        if (Play(scenario, cancelAfter) is not var (run, journal))
        {
            return null;
        }

        var reached = RunView.Of(run).Visits.Select(visit => visit.Task).Distinct().ToArray();
        for (var tries = 0; tries < 4 && reached.Length > 0; tries++)
        {
            string[] from = dice.OneIn(3) ? [] : dice.OneIn(2) ? [dice.Of(reached)] : [dice.Of(reached), dice.Of(reached)];
            var past = new Past(from, from.Length == 0 || dice.OneIn(4), cancelAfter);
            if (past.PlanOf(run, journal) is not null)
            {
                return past;
            }
        }

        return null;
    }

    /// <returns>Null when it cannot be.</returns>
    public Repetition? Of(Scenario scenario) =>
        Play(scenario, CancelAfter) is var (run, journal) && PlanOf(run, journal) is { } plan
            ? new Repetition(this, run, plan)
            : null;

    private RerunPlan? PlanOf(RunState run, List<ImmutableArray<RunEvent>> journal) =>
        RerunPlanning.Of(run.Id, journal, new RerunRequest([.. From], FailedItems)).Plan;

    private static (RunState Run, List<ImmutableArray<RunEvent>> Journal)? Play(Scenario scenario, int cancelAfter)
    {
        var start = new RunCommand.Start(
            scenario.Workflow, scenario.Inputs, scenario.Limits, null, World.Epoch.AddDays(-1));
        return DullRun.Play(new RunId("r0"), start, scenario.Script.OfOrigin, cancelAfter);
    }
}

/// <param name="Origin">At its end.</param>
internal sealed record Repetition(Past Past, RunState Origin, RerunPlan Plan);
