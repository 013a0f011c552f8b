using System.Collections.Immutable;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Programs;

/// <summary>A run without faults: always the oldest attempt ends, and time passes only when none is out.</summary>
internal static class DullRun
{
    private const int MostEntries = 2_000;

    /// <param name="cancelAfter">The end of this attempt, from 1; 0 for never.</param>
    /// <returns>Null when it is refused, or too long.</returns>
    public static (RunState Run, List<ImmutableArray<RunEvent>> Journal)? Play(
        RunId id, RunCommand.Start start, Func<Slot, ItemOutcome> outcome, int cancelAfter = 0)
    {
        var run = RunState.Initial(id);
        var journal = new List<ImmutableArray<RunEvent>>();
        var now = start.At;
        Give(start);
        for (var ends = 0; !run.HasEnded && journal.Count is > 0 and < MostEntries;)
        {
            if (run.InFlight.Count > 0)
            {
                var slot = run.InFlight.Values.MinBy(open => open.Number)!.Dispatched.Slot;
                Give(new RunCommand.FinishItem(slot, outcome(slot), now));
                if (++ends == cancelAfter)
                {
                    Give(new RunCommand.Cancel("enough", now));
                }
            }
            else
            {
                now = run.NextDue!.Value;
                Give(new RunCommand.TimeUp(now));
            }
        }

        return run.HasEnded ? (run, journal) : null;

        void Give(RunCommand command)
        {
            var decision = RunDecider.Decide(run, command);
            if (!decision.IsEmpty)
            {
                journal.Add(decision.Events);
                run = run.Evolve(decision.Events);
            }
        }
    }
}
