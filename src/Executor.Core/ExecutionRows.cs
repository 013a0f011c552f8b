using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core;

/// <param name="Limit">Rows wanted; one more than shown tells whether there are more.</param>
/// <param name="Before">The last row of the page before; null for the first page.</param>
/// <param name="OnlyOpen">Leaves out the runs that have ended.</param>
/// <param name="Since">Leaves out the runs that started before.</param>
/// <param name="Parent">Only runs that this one has called.</param>
public sealed record RunQuery(
    int Limit, RunId? Before = null, bool OnlyOpen = false, RunStatus? Status = null, string? Workflow = null,
    DateTimeOffset? Since = null, RunId? Parent = null);

/// <param name="Sequence">Number of the journal entry that the row shows; the newer wins.</param>
/// <param name="CurrentTasks">Names of the tasks with a visit that has not ended.</param>
public sealed record RunRow(
    RunId Id, long Sequence, string Workflow, string DefinitionHash, RunStatus Status,
    IReadOnlyList<string> CurrentTasks, IReadOnlyList<string> CompletedTasks, IReadOnlyList<string> FailedTasks,
    IReadOnlyList<string> SkippedTasks, Value Output, string? Error, string? RequestKey,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Null when no run has called it.</summary>
    public RunCaller? Parent { get; init; }

    /// <summary>The run that this one repeats; null when it is no rerun.</summary>
    public RunId? Origin { get; init; }
}

/// <param name="Slot">What the calling run awaits.</param>
public sealed record RunCaller(RunId Run, Slot Slot);

public sealed record ExecutionRow(
    DispatchId Id, RunId Run, Slot Slot, long Sequence, SlotStatus Status, string Action, string? Worker,
    DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Error);
