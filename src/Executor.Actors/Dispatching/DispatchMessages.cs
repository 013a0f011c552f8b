using Executor.Core.Runs;

namespace Executor.Actors.Dispatching;

/// <summary>Requests that a run has decided on, in its order.</summary>
public sealed record Outgoing(RunId Run, IReadOnlyList<RunEffect.Send> Sends);

/// <summary>Slots that a run wants no longer.</summary>
public sealed record Unwanted(RunId Run, IReadOnlyList<RunEffect.Withdraw> Withdrawals);

/// <summary>The guard has a row for each: from now on they are found by it, whatever becomes of this node.</summary>
public sealed record Known(IReadOnlyList<DispatchId> Ids);

/// <summary>Published on the event stream: two incarnations of a run have decided differently about one slot.</summary>
public sealed record GuardConflict(RunId Run, Slot Slot, DispatchId Id, long Entry);
