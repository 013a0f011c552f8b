using System.Text.Json;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;

namespace Executor.Rehearsal;

/// <summary>One request to a worker, as a rehearsal saw it go out.</summary>
/// <param name="Task">The task.</param>
/// <param name="Visit">Which time the run had entered it, from 1.</param>
/// <param name="Item">Index of the element, from 0; null for a task without items.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Action">What would have been called.</param>
/// <param name="Input">With what, rendered.</param>
/// <param name="Delay">What was waited before, by a delay or a retry.</param>
/// <param name="After">How many results had come before.</param>
public sealed record SentAction(
    string Task, int Visit, int? Item, int Attempt, string Action, JsonElement Input, TimeSpan Delay, int After)
{
    internal static SentAction Of(RehearsedDispatch sent) => new(
        sent.Slot.Task, sent.Slot.Visit, sent.Slot.Item == Slot.NoItem ? null : sent.Slot.Item, sent.Slot.Attempt,
        sent.Action, Json.Element(sent.Input), sent.Delay, sent.After);
}
