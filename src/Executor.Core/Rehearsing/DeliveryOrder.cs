using System.Collections.Immutable;
using Executor.Core.Runs;

namespace Executor.Core.Rehearsing;

/// <summary>Which of the completions in flight is delivered next.</summary>
public abstract record DeliveryOrder
{
    private DeliveryOrder()
    {
    }

    /// <summary>A fresh chooser; it remembers what it has chosen.</summary>
    internal abstract Func<IReadOnlyList<Slot>, int> Chooser();

    /// <summary>In the order of dispatch.</summary>
    public sealed record Fifo : DeliveryOrder
    {
        internal override Func<IReadOnlyList<Slot>, int> Chooser() => _ => 0;
    }

    /// <summary>The latest dispatch first.</summary>
    public sealed record Lifo : DeliveryOrder
    {
        internal override Func<IReadOnlyList<Slot>, int> Chooser() => slots => slots.Count - 1;
    }

    /// <summary>Any, decided by the seed alone.</summary>
    public sealed record Shuffle(long Seed) : DeliveryOrder
    {
        internal override Func<IReadOnlyList<Slot>, int> Chooser()
        {
            var state = unchecked((ulong)Seed);
            return slots => (int)(Next(ref state) % (ulong)slots.Count);
        }

        /// <summary>SplitMix64: the same numbers on every machine and in every release.</summary>
        private static ulong Next(ref ulong state)
        {
            unchecked
            {
                state += 0x9E3779B97F4A7C15;
                var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
                mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
                return mixed ^ (mixed >> 31);
            }
        }
    }

    /// <summary>The first listed place that is in flight, each entry once; when none is, in the order of dispatch.</summary>
    public sealed record Listed(ImmutableArray<Place> Places) : DeliveryOrder
    {
        internal override Func<IReadOnlyList<Slot>, int> Chooser()
        {
            var left = Places.ToList();
            return slots =>
            {
                for (var entry = 0; entry < left.Count; entry++)
                {
                    var chosen = IndexOf(slots, left[entry]);
                    if (chosen >= 0)
                    {
                        left.RemoveAt(entry);
                        return chosen;
                    }
                }

                return 0;
            };
        }

        private static int IndexOf(IReadOnlyList<Slot> slots, Place place)
        {
            for (var at = 0; at < slots.Count; at++)
            {
                if (slots[at].Task == place.Task && slots[at].Visit == place.Visit && slots[at].Item == place.Item)
                {
                    return at;
                }
            }

            return -1;
        }
    }

    /// <param name="Item">From 0; <see cref="Slot.NoItem"/> without items.</param>
    public sealed record Place(string Task, int Visit, int Item);
}
