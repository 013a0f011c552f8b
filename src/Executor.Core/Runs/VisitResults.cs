using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>What others see of an ended visit.</summary>
internal static class VisitResults
{
    /// <summary>With items: the list of their results, null where an item has none.</summary>
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

        return new Value.List(results.MoveToImmutable());
    }

    public static Outcome Outcome(TaskVisit visit) => new(
        visit.Status, visit.Result ?? Value.Null, visit.Error, visit.HasItems ? () => ItemStates(visit) : null);

    private static Value.List ItemStates(TaskVisit visit)
    {
        var states = ImmutableArray.CreateBuilder<Value>(visit.Plan!.Count);
        for (var place = 0; place < visit.Plan.Count; place++)
        {
            states.Add(StateOf(visit, place));
        }

        return new Value.List(states.MoveToImmutable());
    }

    private static Value.Map StateOf(TaskVisit visit, int place)
    {
        var item = visit.Items[place];
        var status = item?.Status ?? (visit.Status == SlotStatus.Cancelled ? SlotStatus.Cancelled : SlotStatus.Skipped);
        return new Value.Map(
        [
            KeyValuePair.Create("index", Value.Of(place)),
            KeyValuePair.Create("status", Value.Of(StatusWords.Of(status))),
            KeyValuePair.Create("result", item?.Result ?? Value.Null),
            KeyValuePair.Create("error", Value.Of(item?.Error)),
            KeyValuePair.Create("attempts", Value.Of(item?.Attempt ?? 0)),
        ]);
    }
}
