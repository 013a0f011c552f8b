namespace Executor.Core.Runs;

/// <summary>A slot that is out: sent or to be sent, and its end is awaited.</summary>
/// <param name="Entry">Sequence number of the journal entry that holds the decision.</param>
/// <param name="Number">Place among all dispatches of the run, from 0.</param>
public sealed record OpenSlot(RunEvent.Dispatched Dispatched, long Entry, int Number);
