using Executor.Core.Messages;
using Executor.Core.Values;
using Executor.Core.Workflows;

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

    /// <summary>
    /// Another run must start, stop, pause or go on: whatever of this it has heard before, hearing it again changes nothing. It is
    /// settled when that run has accepted it; a refusal (<c>run.unwritable</c>) ends the slot as failed.
    /// </summary>
    /// <param name="Run">The run that is called.</param>
    /// <param name="Stop">Null while its end is awaited.</param>
    /// <param name="Turn">Of the caller: the called run is to be paused when it is odd.</param>
    public sealed record Call(
        RunId Run, WorkflowSpec Workflow, Value.Map Inputs, RunLimits Limits, RunParent Parent, RunStop? Stop, int Turn)
        : RunEffect
    {
        /// <inheritdoc cref="TaskRequest.Trace"/>
        public string? Trace { get; init; }

        /// <param name="now">By the clock of whoever tells it: what starts late has its full time all the same.</param>
        public RunCommand.Start ToCommand(DateTimeOffset now) =>
            new(Workflow, Inputs, Limits, RequestKey: null, now, Parent, Stop, Turn);
    }

    /// <summary>
    /// A person must be able to see the question: it is settled when its row is written, for nobody answers what nobody
    /// sees.
    /// </summary>
    public sealed record Ask(InquiryRow Row) : RunEffect;

    /// <summary>
    /// The run has ended, and the run that has called it must know. It is settled when that one has accepted it; then
    /// this one is told by a <see cref="RunCommand.HearParent"/>.
    /// </summary>
    /// <param name="EndedAt">By this run's clock.</param>
    public sealed record TellParent(RunId Parent, Slot Slot, ItemOutcome Outcome, DateTimeOffset EndedAt) : RunEffect
    {
        /// <inheritdoc cref="TaskRequest.Trace"/>
        public string? Trace { get; init; }

        /// <param name="now">By the clock of whoever tells it: what follows in the caller counts from it.</param>
        public RunCommand.FinishItem ToCommand(DateTimeOffset now) => new(Slot, Outcome, now, EndedAt);
    }
}
