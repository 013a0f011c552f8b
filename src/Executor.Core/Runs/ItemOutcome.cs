using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>How one attempt ended.</summary>
/// <param name="Status">Completed, Failed, Timeout, Cancelled or Abandoned.</param>
/// <param name="Result">The raw result; <see cref="Value.Null"/> when there is none.</param>
/// <param name="Error">One sentence; null when completed.</param>
/// <param name="Code">
/// Why it did not complete, for example <c>task.abandoned</c>; null when the action itself decided.
/// </param>
public sealed record ItemOutcome(SlotStatus Status, Value Result, string? Error = null, string? Code = null);
