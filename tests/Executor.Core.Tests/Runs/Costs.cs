using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Runs;

/// <summary>What decisions and their facts allocate.</summary>
internal static class Costs
{
    private static readonly ItemOutcome Done = new(SlotStatus.Completed, Value.Null);

    public static RunState Start(WorkflowSpec workflow, RunLimits? limits = null)
    {
        var run = RunState.Initial(new RunId("cost"));
        var start = new RunCommand.Start(workflow, Value.Map.Empty, limits ?? RunLimits.Default, null, Scenario.Begin);
        return run.Evolve(RunDecider.Decide(run, start).Events);
    }

    public static (RunState After, long Bytes) Complete(RunState run, Slot slot)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var decision = RunDecider.Decide(run, new RunCommand.FinishItem(slot, Done, Scenario.Begin));
        var after = run.Evolve(decision.Events);
        return (after, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public static long Median(IEnumerable<long> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
