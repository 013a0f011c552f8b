using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Tables;

/// <summary>One row per slot; every change is a compare-and-set of that row alone.</summary>
internal sealed class GuardTable(World world)
{
    private readonly Dictionary<Slot, GuardLine> _lines = [];
    private readonly List<GuardLine> _order = [];

    public List<GuardLine> Lines => _order;

    /// <summary>Grows with every change, so that others need not look again.</summary>
    public int Version { get; private set; }

    public GuardLine? Find(Slot slot) => _lines.GetValueOrDefault(Key(slot));

    public ReservedState Reserve(DispatchId id, Slot slot, long entry)
    {
        if (!world.Build.HasGuard)
        {
            return ReservedState.Unsent;
        }

        if (Find(slot) is not { } line)
        {
            Add(new GuardLine(id, slot, entry, SlotStatus.Scheduled));
            return ReservedState.Unsent;
        }

        line.Entry = line.Entry == 0 ? entry : line.Entry;
        if (line.Entry != entry && !world.Has(Flaw.ReserveIgnoresEntry))
        {
            world.Statistics.Conflicts++;
            return ReservedState.Conflict;
        }

        return line is { Status: SlotStatus.Scheduled, SentAt: null } ? ReservedState.Unsent : ReservedState.Settled;
    }

    public void MarkSent(Slot slot)
    {
        if (Find(slot) is { Status: SlotStatus.Scheduled } line)
        {
            line.SentAt = world.Now;
            line.NewsAt = world.Now;
            Version++;
        }
    }

    public bool Claim(Slot slot, string worker, string claim)
    {
        if (!world.Build.HasGuard)
        {
            return true;
        }

        if (Find(slot) is not { } line)
        {
            return false;
        }

        var grants = line.Status == SlotStatus.Scheduled
            || (line.Status == SlotStatus.Running && line.Claim == claim)
            || world.Has(Flaw.ClaimWithoutStatusCheck);
        if (grants)
        {
            line.Status = SlotStatus.Running;
            line.Worker = worker;
            line.Claim = claim;
            line.LeaseUntil = world.Now + world.Profile.Lease;
            Version++;
        }

        return grants;
    }

    public bool Renew(Slot slot, string claim)
    {
        if (Find(slot) is not { Status: SlotStatus.Running } line || line.Claim != claim)
        {
            return !world.Build.HasGuard;
        }

        line.LeaseUntil = world.Now + world.Profile.Lease;
        Version++;
        return true;
    }

    /// <returns>The row as it stands afterwards.</returns>
    public GuardLine Withdraw(DispatchId id, Slot slot, SlotStatus status)
    {
        if (Find(slot) is not { } line)
        {
            line = new GuardLine(id, slot, 0, SlotStatus.Scheduled);
            Add(line);
        }

        if (line.Status == SlotStatus.Scheduled
            || (line.Status == SlotStatus.Running && world.Has(Flaw.WithdrawIgnoresClaim)))
        {
            End(line, status);
        }

        return line;
    }

    public bool IsExpired(GuardLine line) =>
        line.Status == SlotStatus.Running && line.LeaseUntil < world.Now && !world.Has(Flaw.LeaseNeverExpires);

    public void Expire(GuardLine line)
    {
        if (IsExpired(line))
        {
            End(line, SlotStatus.Abandoned);
        }
    }

    /// <summary>A sent row that nobody claimed is to be sent again.</summary>
    public void Unsend(GuardLine line)
    {
        line.SentAt = null;
        line.NewsAt = world.Now;
        line.Resends++;
        Version++;
    }

    /// <summary>Whatever the row said before.</summary>
    public void Close(Slot slot, SlotStatus status)
    {
        if (Find(slot) is { IsClosed: false } line)
        {
            End(line, status);
            line.IsClosed = true;
        }
    }

    private void End(GuardLine line, SlotStatus status)
    {
        line.EndedAt = line.HasEnded ? line.EndedAt : world.Now;
        line.Status = status;
        Version++;
    }

    private void Add(GuardLine line)
    {
        line.NewsAt = world.Now;
        _lines.Add(Key(line.Slot), line);
        _order.Add(line);
        Version++;
    }

    private Slot Key(Slot slot)
    {
        if (world.Has(Flaw.VisitNotInSlot))
        {
            return slot with { Visit = 1 };
        }

        return world.Has(Flaw.AttemptNotInSlot) ? slot with { Attempt = 1 } : slot;
    }
}
