using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>This incarnation of a run has been overtaken by another; it stops, and the next one reads the journal.</summary>
public sealed class StaleRunException(string message) : Exception(message)
{
    /// <summary>A result for a slot that this state never dispatched: another incarnation did, and its journal is longer.</summary>
    internal static void ThrowIfSo(RunState run, Refusal? refusal)
    {
        if (refusal?.Code == RunCodes.SlotUnknown)
        {
            throw new StaleRunException($"Run {run.Id} is behind its journal at entry {run.Entries}: {refusal.Message}");
        }
    }
}
