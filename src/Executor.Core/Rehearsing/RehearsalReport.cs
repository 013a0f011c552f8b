using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Rehearsing;

/// <summary>What a rehearsed run did. Tasks of a workflow that it called are named <c>call/task</c>.</summary>
/// <param name="Tasks">Visits in the order in which they were opened.</param>
/// <param name="Variables">As they stood at the end.</param>
/// <param name="Journal">The events of each decision of the run itself, in order.</param>
public sealed record RehearsalReport(
    RunStatus Status,
    Value Output,
    ImmutableArray<RunProblem> Problems,
    ImmutableArray<RehearsedDispatch> Dispatches,
    ImmutableArray<RehearsedVisit> Tasks,
    Value.Map Variables,
    ImmutableArray<ImmutableArray<RunEvent>> Journal);

/// <param name="Number">From 0, in the order of dispatch.</param>
/// <param name="Delay">What was waited for it, by a delay or a retry.</param>
/// <param name="After">Completions delivered before it.</param>
public sealed record RehearsedDispatch(
    int Number, Slot Slot, string Action, Value.Map Input, TimeSpan Delay, int After);

public sealed record RehearsedVisit(string Task, int Visit, SlotStatus Status);
