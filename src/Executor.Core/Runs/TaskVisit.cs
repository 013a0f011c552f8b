using System.Collections.Immutable;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>One time a run enters a task. Before it opens: a round of a join that waits for arrivals.</summary>
/// <param name="Number">From 1, per task.</param>
/// <param name="Ordinal">From 0, over all visits of the run.</param>
public sealed record TaskVisit(TaskSpec Task, int Number, int Ordinal)
{
    /// <summary>Requested while a join waits, Scheduled during the delay, Running, then an end.</summary>
    public SlotStatus Status { get; init; } = SlotStatus.Requested;

    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Tasks that have arrived, by order; each arrives once.</summary>
    public ImmutableArray<int> Sources { get; init; } = [];

    /// <summary>Ordinals of all visits from which arrivals lead here, however many steps away.</summary>
    public VisitSet Ancestors { get; init; } = VisitSet.Empty;

    /// <summary>Ordinals of the visits that this one has arrived at.</summary>
    public ImmutableArray<int> Successors { get; init; } = [];

    /// <summary>Null before it opens, and when it ended without a plan.</summary>
    public VisitPlan? Plan { get; init; }

    /// <summary>Null before it opens, and after a later visit of the same task has ended.</summary>
    public FrozenScope? Scope { get; init; }

    public DateTimeOffset? DelayedUntil { get; init; }

    public SparseVector<ItemState> Items { get; init; } = SparseVector<ItemState>.Empty;

    /// <summary>What the origin of a rerun did of it stands, be it in part; not of one whose work begins from its start.</summary>
    public bool IsKept { get; init; }

    /// <summary>
    /// The items to go through after the engine command <c>retry</c>, and of a visit that is kept in part; null for all of
    /// them, in order.
    /// </summary>
    public ImmutableArray<int>? Again { get; init; }

    /// <summary>Place of the next item to start, among those to go through.</summary>
    public int Next { get; init; }

    /// <summary>Items that hold a place of the window.</summary>
    public int InUse { get; init; }

    /// <summary>How often the engine command <c>retry</c> was obeyed.</summary>
    public int Retries { get; init; }

    /// <summary>Attempts dispatched, over all items.</summary>
    public int Attempts { get; init; }

    public ItemCounts Counts { get; init; }

    /// <summary>
    /// What expressions see; null before the end, and after a later visit of the same task has ended.
    /// </summary>
    public Value? Result { get; init; }

    public string? Error { get; init; }

    /// <summary>Why it did not complete; null when the action itself decided.</summary>
    public string? Code { get; init; }

    public bool IsOpen => Status is SlotStatus.Scheduled or SlotStatus.Running;

    public bool HasEnded => Status > SlotStatus.Canceling;

    public bool HasItems => Plan?.Items is not null;

    public int Planned => Again?.Length ?? Plan?.Count ?? 0;

    /// <summary>Index in <see cref="Items"/>: 0 for the only one of a visit without items.</summary>
    public static int Place(Slot slot) => Math.Max(slot.Item, 0);

    /// <param name="place">Index in <see cref="Items"/>.</param>
    public Slot SlotOf(int place, int attempt) => new(Task.Name, Number, HasItems ? place : Slot.NoItem, attempt);

    public override string ToString() => $"{Task.Name}/{Number} {Status}";
}
