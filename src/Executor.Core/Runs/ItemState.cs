using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>
/// One item of a visit, from its first start on; a visit without items has one, a parallel task one for each task inside.
/// </summary>
/// <param name="IsOpen">It holds a place of the window: out at a worker, held back, or waiting for its retry.</param>
/// <param name="Status">How its last ended attempt ended; Scheduled before the first end.</param>
/// <param name="Attempt">
/// The last one that was dispatched; 0 before the first. For a task inside a parallel one: the number of its visit.
/// </param>
/// <param name="Losses">Attempts that were repeated because their worker was lost.</param>
/// <param name="Result">What expressions see of the last ended attempt.</param>
/// <param name="Ends">Of all attempts that were dispatched and have ended; null before the first end.</param>
public sealed record ItemState(
    bool IsOpen, SlotStatus Status, int Attempt, int Losses, Value Result, string? Error, string? Code,
    AttemptEnds? Ends = null)
{
    public static readonly ItemState Fresh = new(true, SlotStatus.Scheduled, 0, 0, Value.Null, null, null);
}
