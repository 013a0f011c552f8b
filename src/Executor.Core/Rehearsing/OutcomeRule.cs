using Executor.Core.Runs;

namespace Executor.Core.Rehearsing;

/// <summary>How attempts at some places end.</summary>
/// <param name="Visit">From 1; null is every one.</param>
/// <param name="Item">From 0; null is every one, also of a task without items.</param>
/// <param name="Attempt">From 1; null is every one.</param>
public sealed record OutcomeRule(string Task, int? Visit, int? Item, int? Attempt, ScriptedOutcome Outcome)
{
    public bool Covers(Slot slot) => slot.Task == Task
        && (Visit is null || Visit == slot.Visit)
        && (Item is null || Item == slot.Item)
        && (Attempt is null || Attempt == slot.Attempt);
}
