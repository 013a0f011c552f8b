using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>One element of a visit; a visit without items has exactly one.</summary>
/// <param name="index">From 0; <see cref="Slot.NoItem"/> without items.</param>
/// <param name="workflow">What it calls; null when a worker does it.</param>
internal sealed class Item(Visit visit, int index, string action, Value.Map input, WorkflowSpec? workflow)
{
    public Visit Visit { get; } = visit;

    public int Index { get; } = index;

    public string Action { get; } = action;

    public Value.Map Input { get; } = input;

    public WorkflowSpec? Workflow { get; } = workflow;

    /// <summary>Nobody but a person ends it.</summary>
    public bool IsQuestion => QuestionAction.Is(Action);

    /// <summary>The run of its last attempt; null when no run is played for it.</summary>
    public Course? Called { get; set; }

    public ItemStage Stage { get; set; } = ItemStage.NotStarted;

    /// <summary>The one that runs or ran last; 0 before the first.</summary>
    public int Attempt { get; set; }

    /// <summary>Repetitions after a lost worker; they do not count against <c>retry</c>.</summary>
    public int LostWorkers { get; set; }

    /// <summary>When the retry that it waits for is due.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>What the next dispatch was made to wait for.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>Of the last ended attempt; before that skipped, as it stays when none begins.</summary>
    public SlotStatus Status { get; set; } = SlotStatus.Skipped;

    public Value Result { get; set; } = Value.Null;

    public string? Error { get; set; }

    public bool EndedBadly =>
        Status is SlotStatus.Failed or SlotStatus.Timeout or SlotStatus.Abandoned or SlotStatus.Cancelled;

    public Slot Slot => new(Visit.Task.Name, Visit.Number, Index, Attempt);
}

internal enum ItemStage
{
    NotStarted,
    InLine,
    InFlight,
    Waiting,
    Ended,
}
