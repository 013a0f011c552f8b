using System.Collections.Immutable;
using Executor.Core.Runs;

namespace Executor.Actors.Snapshots;

/// <summary>About how many bytes of JSON events are, without writing them; rather too few than too many.</summary>
internal static class JournalWeight
{
    private const int Frame = 100;

    public static long Of(ImmutableArray<RunEvent> events)
    {
        var weight = 0L;
        foreach (var happened in events)
        {
            weight += Frame + (happened switch
            {
                RunEvent.RunStarted started => started.Workflow.Source.Length + started.Inputs.Weight,
                RunEvent.WorkflowFrozen frozen => frozen.Workflow.Source.Length,
                RunEvent.VisitOpened { Plan.Items: { } items } => items.Weight,
                RunEvent.VisitKept kept => kept.Items.Sum(item => Frame + item.Result.Weight),
                RunEvent.Dispatched dispatched => Frame + dispatched.Input.Weight,
                RunEvent.ItemFinished finished => finished.Outcome.Result.Weight,
                RunEvent.TransitionFired fired => fired.Published.Weight,
                RunEvent.RunEnded ended => ended.Output.Weight,
                _ => 0,
            });
        }

        return weight;
    }
}
