using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>The items of an ended visit, for whoever asks with <c>item_states()</c>.</summary>
/// <remarks>It does not hold the visit: that would hold what the visit saw, and so every lap of a loop before it.</remarks>
/// <param name="Count">All items, started or not.</param>
/// <param name="Ended">How the visit has ended.</param>
public sealed record ItemStates(SparseVector<ItemState> Items, int Count, SlotStatus Ended)
{
    public Value.List ToList()
    {
        var states = ImmutableArray.CreateBuilder<Value>(Count);
        for (var place = 0; place < Count; place++)
        {
            states.Add(StateOf(place));
        }

        return new Value.List(states.MoveToImmutable());
    }

    private Value.Map StateOf(int place)
    {
        var item = Items[place];
        var status = item?.Status ?? (Ended == SlotStatus.Cancelled ? SlotStatus.Cancelled : SlotStatus.Skipped);
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
