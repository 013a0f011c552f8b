using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>What others see of an ended visit.</summary>
internal static class VisitResults
{
    /// <summary>
    /// With items: the list of their results, null where an item has none. Of a parallel task: the results of the tasks
    /// inside by their names.
    /// </summary>
    public static Value Of(TaskVisit visit)
    {
        if (!visit.HasItems)
        {
            return visit.Items[0]?.Result ?? Value.Null;
        }

        var results = ImmutableArray.CreateBuilder<Value>(visit.Plan!.Count);
        for (var place = 0; place < visit.Plan.Count; place++)
        {
            results.Add(visit.Items[place]?.Result ?? Value.Null);
        }

        return visit.Task.IsParallel
            ? new Value.Map([.. visit.Task.Inside.Zip(results.MoveToImmutable(), KeyValuePair.Create)])
            : new Value.List(results.MoveToImmutable());
    }

    public static Outcome Outcome(TaskVisit visit) => new(
        visit.Status, visit.Result ?? Value.Null, visit.Error,
        visit.HasItems && !visit.Task.IsParallel ? new ItemStates(visit.Items, visit.Plan!.Count, visit.Status) : null);
}
