using System.Collections;
using System.Collections.Immutable;

namespace Executor.Core.Runs;

/// <summary>An immutable line of different slots: new ones stand last, and one may leave it from anywhere.</summary>
/// <remarks>Each step costs the logarithm of its length.</remarks>
public sealed class SlotLine : IReadOnlyCollection<Slot>
{
    public static readonly SlotLine Empty =
        new(ImmutableSortedDictionary<long, Slot>.Empty, ImmutableDictionary<Slot, long>.Empty, 0);

    private readonly ImmutableSortedDictionary<long, Slot> _slots;
    private readonly ImmutableDictionary<Slot, long> _numbers;
    private readonly long _next;

    private SlotLine(ImmutableSortedDictionary<long, Slot> slots, ImmutableDictionary<Slot, long> numbers, long next)
    {
        _slots = slots;
        _numbers = numbers;
        _next = next;
    }

    public int Count => _numbers.Count;

    public bool IsEmpty => _numbers.IsEmpty;

    /// <exception cref="InvalidOperationException">The line is empty.</exception>
    public Slot First => _slots.First().Value;

    public static SlotLine Of(IEnumerable<Slot> slots) => slots.Aggregate(Empty, (line, slot) => line.Add(slot));

    public bool Contains(Slot slot) => _numbers.ContainsKey(slot);

    /// <exception cref="ArgumentException">It stands in the line already.</exception>
    public SlotLine Add(Slot slot) => new(_slots.Add(_next, slot), _numbers.Add(slot, _next), _next + 1);

    /// <returns>This very line when the slot does not stand in it.</returns>
    public SlotLine Remove(Slot slot) => _numbers.TryGetValue(slot, out var number)
        ? new SlotLine(_slots.Remove(number), _numbers.Remove(slot), _next)
        : this;

    public IEnumerator<Slot> GetEnumerator() => _slots.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
