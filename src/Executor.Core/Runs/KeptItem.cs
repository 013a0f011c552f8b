using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>How an item ended in the run that a rerun repeats.</summary>
/// <param name="Item">From 0; <see cref="Slot.NoItem"/> for a visit without items.</param>
/// <param name="Result">What expressions see of it.</param>
/// <param name="Ends">Of all its attempts; null for a single one that ended as the item did.</param>
/// <param name="Losses">Attempts that were repeated because their worker was lost.</param>
public sealed record KeptItem(
    int Item, SlotStatus Status, Value Result, string? Error, string? Code, ImmutableArray<SlotStatus>? Ends, int Losses)
{
    public static KeptItem Of(int item, ItemState state)
    {
        var ends = state.Ends?.All ?? [];
        return new KeptItem(
            item, state.Status, state.Result, state.Error, state.Code,
            ends is [var only] && only == state.Status ? null : ends, state.Losses);
    }

    public ItemState ToState()
    {
        var ends = Ends ?? [Status];
        var chain = ends.Aggregate((AttemptEnds?)null, AttemptEnds.After);
        return new ItemState(false, Status, ends.Length, Losses, Result, Error, Code, chain);
    }
}
