using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>
/// All that a run knows, folded from its journal; immutable, and old ones share nearly everything with new ones.
/// </summary>
/// <remarks>
/// Nothing in it is counted by looking through items, visits or slots: each number that a decision needs is kept, so
/// the cost of a completion does not grow with the run.
/// </remarks>
public sealed record RunState
{
    private RunState(RunId id) => Id = id;

    public RunId Id { get; }

    /// <summary>Journal entries so far; equals the sequence number of the last one.</summary>
    public long Entries { get; internal init; }

    public RunStatus Status { get; init; } = RunStatus.Requested;

    /// <summary>Null before the start.</summary>
    public WorkflowSpec? Workflow { get; init; }

    public WorkflowGraph? Graph => Workflow?.Graph;

    public Value.Map Inputs { get; init; } = Value.Map.Empty;

    public Value.Map Variables { get; init; } = Value.Map.Empty;

    public RunLimits Limits { get; init; } = RunLimits.Default;

    public string? RequestKey { get; init; }

    /// <summary>Null when no run has called it.</summary>
    public RunParent? Parent { get; init; }

    /// <summary>The run that this one repeats; null when it is no rerun.</summary>
    public RunId? Origin { get; init; }

    /// <summary>The run with which everything began: itself, unless another has called it.</summary>
    public RunId Root => Parent?.Root ?? Id;

    /// <summary>Callers above it.</summary>
    public int Depth => Parent?.Depth ?? 0;

    /// <summary>The caller knows of the end.</summary>
    public bool IsParentTold { get; init; }

    /// <summary>By the name that tasks call them by: the workflows that were called, as they were at the first call.</summary>
    public ImmutableSortedDictionary<string, WorkflowSpec> Called { get; init; } =
        ImmutableSortedDictionary.Create<string, WorkflowSpec>(StringComparer.Ordinal);

    /// <summary>How often it was paused and resumed: odd while it is paused.</summary>
    public int Turn { get; init; }

    /// <summary>The last <see cref="Turn"/> of its caller that it has heard of.</summary>
    public int CallerTurn { get; init; }

    /// <summary>Null when none was given, and while it is not paused.</summary>
    public string? PauseReason { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the whole run times out; null when it never does, or ends already.</summary>
    public DateTimeOffset? RunDue { get; init; }

    /// <summary>Nothing starts any more and the run will have failed.</summary>
    public bool IsFailing { get; init; }

    public bool HasTimedOut { get; init; }

    public string? CancelReason { get; init; }

    /// <summary>A caller that stops wants what runs to stop, whatever the workflow's own policy is.</summary>
    public bool IsToldToStop { get; init; }

    public ImmutableList<RunProblem> Problems { get; init; } = [];

    /// <summary>Orders of the tasks with a visit that ended badly and was not handled.</summary>
    public ImmutableSortedSet<int> UnhandledTasks { get; init; } = [];

    /// <summary>The entries of the output map; empty before the end.</summary>
    public Value.Map Output { get; init; } = Value.Map.Empty;

    /// <summary>Null before the end, and when completed.</summary>
    public string? Error { get; init; }

    /// <summary>By ordinal, in the order in which they, or their rounds, began.</summary>
    public SparseVector<TaskVisit> Visits { get; init; } = SparseVector<TaskVisit>.Empty;

    /// <summary>Visits and rounds so far.</summary>
    public int VisitCount { get; init; }

    /// <summary>Visits that have opened so far.</summary>
    public int OpenedCount { get; init; }

    /// <summary>By order of the task.</summary>
    public SparseVector<TaskTrack> Tracks { get; init; } = SparseVector<TaskTrack>.Empty;

    /// <summary>Of the tasks by order: how the visit that ended last has ended.</summary>
    public SparseVector<Outcome> Results { get; init; } = SparseVector<Outcome>.Empty;

    /// <summary>Ordinals of visits that have opened and not ended.</summary>
    public ImmutableSortedSet<int> OpenVisits { get; init; } = [];

    /// <summary>Ordinals of rounds that have arrivals, but too few.</summary>
    public ImmutableSortedSet<int> WaitingRounds { get; init; } = [];

    /// <summary>Ordinals of ended visits whose results can no longer be read; empty between entries.</summary>
    public ImmutableList<int> Stale { get; init; } = [];

    /// <summary>Slots that are out.</summary>
    public ImmutableDictionary<Slot, OpenSlot> InFlight { get; init; } = ImmutableDictionary<Slot, OpenSlot>.Empty;

    /// <summary>Slots held back by <c>max_parallel</c>, in the order in which they were decided.</summary>
    public SlotLine Held { get; init; } = SlotLine.Empty;

    /// <summary>Attempts that wait for their time.</summary>
    public ImmutableDictionary<Slot, DateTimeOffset> Retries { get; init; } =
        ImmutableDictionary<Slot, DateTimeOffset>.Empty;

    /// <summary>
    /// Slots that the run itself ended, when their time was up; a worker may still have them, or get them.
    /// </summary>
    public SlotLine Overdue { get; init; } = SlotLine.Empty;

    public ImmutableSortedSet<DueTime> Dues { get; init; } = [];

    /// <summary>What is due only when the run has been resumed.</summary>
    public ImmutableSortedSet<DueTime> Suspended { get; init; } = [];

    /// <summary>
    /// Visits of which items have ended during the pause, in the order of the latest ends; each as its first slot.
    /// </summary>
    public SlotLine Unfollowed { get; init; } = SlotLine.Empty;

    /// <summary>
    /// For the one decision that is being made: contents of results that are referred to. No part of what the run knows.
    /// </summary>
    internal StoredContents AtHand { get; init; } = StoredContents.None;

    /// <summary>Dispatches so far.</summary>
    public int DispatchCount { get; init; }

    public bool HasStarted => Workflow is not null;

    public bool HasEnded => EndedAt is not null;

    /// <summary>It has ended, and nobody need be told of it any more.</summary>
    public bool IsSettled => HasEnded && (Parent is null || IsParentTold);

    /// <summary>How long it may take, by its own workflow or its caller; null: as long as it likes.</summary>
    public TimeSpan? TimeAllowed => Parent?.Timeout is { } given && !(Workflow?.Timeout <= given)
        ? given
        : Workflow?.Timeout;

    /// <summary>Slots end, and nothing else happens any more.</summary>
    public bool IsStopping => Status == RunStatus.Canceling;

    /// <summary>Paused, or about to be: nothing new starts.</summary>
    public bool IsPaused => Status is RunStatus.Pausing or RunStatus.Paused;

    /// <summary>What has ended is not followed yet. A run that is failing starts nothing anyway and is to end.</summary>
    public bool HoldsBack => IsPaused && !IsFailing;

    /// <summary>Of a paused run: a worker may have something of it. What its called runs do is their own affair.</summary>
    public bool HasWorkOut => Dues.Count > (RunDue is not null && IsFailing ? 1 : 0);

    /// <summary>
    /// The earliest time at which a <see cref="RunCommand.TimeUp"/> has something to do; null when none has.
    /// </summary>
    public DateTimeOffset? NextDue => Dues.IsEmpty ? null : Dues.Min.At;

    public static RunState Initial(RunId id) => new(id);

    public bool IsAwaited(Slot slot) => InFlight.ContainsKey(slot);

    /// <returns>Null when there is no such visit.</returns>
    public TaskVisit? Visit(string task, int number)
    {
        if (Graph?.Find(task) is not { } spec || Tracks[spec.Order] is not { } track || number < 1
            || number > track.Visits.Count)
        {
            return null;
        }

        return Visits[track.Visits[number - 1]];
    }

    /// <summary>How the end of an attempt was written down: the first one told, whatever came later.</summary>
    /// <returns>Null while it is awaited, and when it was never dispatched.</returns>
    public SlotStatus? EndOf(Slot slot)
    {
        if (Visit(slot.Task, slot.Visit) is not { } visit)
        {
            return null;
        }

        return visit.Items[TaskVisit.Place(slot)] is { } item
            ? item.Ends?.Of(slot.Attempt)
            : slot.Attempt == 1 && visit is { HasEnded: true, Scope: null } ? SlotStatus.Completed : null;
    }

    public TaskTrack Track(TaskSpec task) => Tracks[task.Order] ?? TaskTrack.Empty;

    /// <summary>One more fact of an entry that is not complete yet.</summary>
    public RunState Evolve(RunEvent happened) => Facts.Apply(this, happened);

    /// <summary>The entry is complete: what only its own decisions could still read is let go.</summary>
    public RunState EndEntry() => VisitFacts.ForgetStale(this) with { Entries = Entries + 1 };

    /// <summary>One journal entry, from its first fact to its end.</summary>
    public RunState Evolve(IEnumerable<RunEvent> entry) => entry.Aggregate(this, Facts.Apply).EndEntry();
}
