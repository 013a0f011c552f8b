using Executor.Core.Messages;

namespace Executor.Core.Runs;

/// <summary>What must happen outside because of what was decided. Repeating any of them is free.</summary>
public abstract record RunEffect
{
    private RunEffect()
    {
    }

    /// <summary>A request must reach a worker.</summary>
    /// <param name="Entry">Sequence number of the journal entry that holds the decision.</param>
    public sealed record Send(TaskRequest Request, long Entry) : RunEffect;

    /// <summary>
    /// The run no longer wants a slot: if no worker has claimed it, it ends as <paramref name="Status"/> and the run is
    /// told by a FinishItem; if one has, its worker is asked to stop when <paramref name="StopRunning"/>.
    /// </summary>
    /// <param name="Status">Cancelled, Timeout or Failed.</param>
    public sealed record Withdraw(Slot Slot, DispatchId Id, SlotStatus Status, bool StopRunning) : RunEffect;
}
