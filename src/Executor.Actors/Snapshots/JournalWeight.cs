using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Snapshots;

/// <summary>About how many bytes of JSON events are, without writing them; rather too few than too many.</summary>
internal static class JournalWeight
{
    private const int Frame = 100;
    private const int Reference = 160;

    public static long Of(ImmutableArray<RunEvent> events)
    {
        var weight = 0L;
        foreach (var happened in events)
        {
            weight += Frame + (happened switch
            {
                RunEvent.RunStarted started => started.Workflow.Source.Length + started.Inputs.Weight,
                RunEvent.WorkflowFrozen frozen => frozen.Workflow.Source.Length,
                RunEvent.VisitOpened { Plan.Items: { } items } => Of(items),
                RunEvent.VisitKept kept => kept.Items.Sum(item => Frame + Of(item.Result)),
                RunEvent.Dispatched dispatched => Frame + dispatched.Input.Weight,
                RunEvent.ItemFinished finished => Of(finished.Outcome.Result),
                RunEvent.TransitionFired fired => Of(fired.Published),
                RunEvent.RunEnded ended => ended.Output.Weight,
                _ => 0,
            });
        }

        return weight;
    }

    /// <summary>What only stands for something else weighs no more than the reference.</summary>
    private static long Of(Value value)
    {
        var elsewhere = StoredValues.In(value);
        return Math.Max(1, value.Weight - elsewhere.Sum(stored => stored.Weight)) + (elsewhere.Count * Reference);
    }
}
