using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Rehearsing;

/// <summary>What a rehearsed run did. Tasks of a workflow that it called are named <c>call/task</c>.</summary>
/// <param name="Tasks">Visits in the order in which they were opened.</param>
/// <param name="Variables">As they stood at the end.</param>
/// <param name="Journal">The events of each decision of the run itself, in order.</param>
/// <param name="Asked">Attempts whose end was the script's to say, in the order in which they went out.</param>
/// <param name="NeverAsked">Parts of the script that none of them asked for: <c>task 'x', visit 2, item 5</c>.</param>
/// <param name="Warnings">
/// What should be looked at although the run has no problem with it: conditions without a value, and what was never asked for.
/// </param>
public sealed record RehearsalReport(
    RunStatus Status,
    Value Output,
    ImmutableArray<RunProblem> Problems,
    ImmutableArray<RehearsedDispatch> Dispatches,
    ImmutableArray<RehearsedVisit> Tasks,
    Value.Map Variables,
    ImmutableArray<ImmutableArray<RunEvent>> Journal,
    ImmutableArray<Slot> Asked,
    ImmutableArray<string> NeverAsked,
    ImmutableArray<RunProblem> Warnings);

/// <param name="Number">From 0, in the order of dispatch.</param>
/// <param name="Delay">What was waited for it, by a delay or a retry.</param>
/// <param name="After">Completions delivered before it.</param>
public sealed record RehearsedDispatch(
    int Number, Slot Slot, string Action, Value.Map Input, TimeSpan Delay, int After);

/// <param name="Items">How many there were; null without items, and where the visit did not come so far.</param>
public sealed record RehearsedVisit(string Task, int Visit, SlotStatus Status, int? Items = null);
