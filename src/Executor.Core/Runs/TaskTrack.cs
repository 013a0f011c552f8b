using System.Collections.Immutable;

namespace Executor.Core.Runs;

/// <summary>All visits of one task.</summary>
public sealed record TaskTrack
{
    public static readonly TaskTrack Empty = new();

    /// <summary>Ordinals of the visits, by number less one.</summary>
    public ImmutableList<int> Visits { get; init; } = [];

    /// <summary>
    /// By order of an inbound task: the numbers of the visits at which it has not arrived. It makes the earliest of
    /// them quick to find in the ten-thousandth lap of a loop.
    /// </summary>
    public ImmutableDictionary<int, ImmutableSortedSet<int>> Missing { get; init; } =
        ImmutableDictionary<int, ImmutableSortedSet<int>>.Empty;

    /// <summary>Visits that have opened and not ended.</summary>
    public int Open { get; init; }

    /// <summary>Rounds of a join that have arrivals, but too few.</summary>
    public int Waiting { get; init; }

    /// <summary>Ordinal of the visit that ended last; -1 when none has.</summary>
    public int LastEnded { get; init; } = -1;

    public SlotStatus? LastStatus { get; init; }
}
