using Executor.Core.Runs;

namespace Executor.Core;

/// <param name="Unsent">Scheduled, and not known to have been sent.</param>
/// <param name="Unclaimed">Scheduled and sent.</param>
/// <param name="Unclosed">Ended without the run having taken note.</param>
public sealed record GuardBacklog(int Unsent, int Unclaimed, int Running, int Unclosed);

/// <param name="Entry">Sequence number of the journal entry that decided it.</param>
public sealed record Reservation(DispatchId Id, RunId Run, Slot Slot, long Entry, string Pool);

public sealed record Reserved(DispatchId Id, ReservedState State);

public enum ReservedState
{
    /// <summary>To be sent now.</summary>
    Unsent,

    /// <summary>Sent before, or claimed, or ended.</summary>
    Settled,

    /// <summary>The row names another journal entry: a second incarnation of the run has decided otherwise. Never sent.</summary>
    Conflict,
}

/// <param name="BarredFrom">The slot's pool, where it is refused because its sender may not serve that; null otherwise.</param>
public sealed record ClaimVerdict(bool IsGranted, string? BarredFrom = null);

/// <param name="Status">Cancelled, Timeout or Failed.</param>
public sealed record Withdrawal(DispatchId Id, RunId Run, Slot Slot, SlotStatus Status);

/// <param name="Status">The end as the run has journaled it.</param>
public sealed record Closing(DispatchId Id, SlotStatus Status);

/// <param name="Entry">0 when the row was withdrawn before it was reserved.</param>
/// <param name="Status">Scheduled, Running or an end.</param>
/// <param name="Pool">Null when the row was withdrawn before it was reserved, or an older version has reserved it.</param>
public sealed record GuardRow(
    DispatchId Id, RunId Run, Slot Slot, long Entry, SlotStatus Status, DateTimeOffset? SentAt, string? Worker,
    string? ClaimId, DateTimeOffset? LeaseUntil, bool Closed, string? Pool);
