using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Tables;

internal sealed class GuardLine(DispatchId id, Slot slot, long entry, SlotStatus status)
{
    public DispatchId Id { get; } = id;

    public Slot Slot { get; } = slot;

    /// <summary>0 when it was added by a withdrawal and nobody has reserved it since.</summary>
    public long Entry { get; set; } = entry;

    public SlotStatus Status { get; set; } = status;

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When it was reserved, sent, or found unclaimed, whichever came last.</summary>
    public DateTimeOffset NewsAt { get; set; }

    public string? Worker { get; set; }

    public string? Claim { get; set; }

    public DateTimeOffset LeaseUntil { get; set; }

    public DateTimeOffset EndedAt { get; set; }

    public int Resends { get; set; }

    public bool IsClosed { get; set; }

    public bool HasEnded => Status is not (SlotStatus.Scheduled or SlotStatus.Running);
}
