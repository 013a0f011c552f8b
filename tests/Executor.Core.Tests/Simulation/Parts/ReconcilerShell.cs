using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>Finds by age what nobody looks after any more.</summary>
internal sealed class ReconcilerShell(Node node) : Part(node.World)
{
    private enum Code
    {
        Expire,
        ExpireUnknown,
        Unsend,
        Tell,
        Wake,
    }

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan Unclaimed = TimeSpan.FromSeconds(60);
    private int _version = -1;
    private DateTimeOffset _next;
    private DateTimeOffset _nextRound;

    public override string Name => node.Name + ".recon";

    /// <summary>When a row will need somebody; null when none ever will as things stand.</summary>
    public static DateTimeOffset? Due(GuardLine line) => line switch
    {
        { Status: SlotStatus.Running } => line.LeaseUntil + TimeSpan.FromSeconds(1),
        { Status: SlotStatus.Scheduled } => line.NewsAt + (Unclaimed * (1 << Math.Min(line.Resends, 5))),
        { HasEnded: true, IsClosed: false } => line.EndedAt + Period,
        _ => null,
    };

    public override void Offer(Moves moves)
    {
        if (WakeAt() <= World.Now)
        {
            moves.Add(this, (int)Code.Wake);
        }

        if (_version != World.Guard.Version)
        {
            _version = World.Guard.Version;
            _next = DateTimeOffset.MaxValue;
            foreach (var line in World.Guard.Lines)
            {
                _next = Due(line) is { } due && due < _next ? due : _next;
            }
        }

        if (_next <= World.Now)
        {
            OfferRows(moves);
        }
    }

    public override void OfferFaults(Moves moves)
    {
        for (var index = 0; index < World.Guard.Lines.Count; index++)
        {
            if (MayExpire(World.Guard.Lines[index]))
            {
                moves.AddFault(this, (int)Code.ExpireUnknown, FaultKind.ExpireUnknown, index);
            }
        }
    }

    /// <summary>When this node wakes the run next; null when it does not know of any.</summary>
    public DateTimeOffset? WakeAt()
    {
        if (World.Due is not { } row || World.Has(Flaw.WakeForgotten))
        {
            return null;
        }

        return row.Due > _nextRound ? row.Due : _nextRound;
    }

    public override void Do(int code, int arg)
    {
        var line = World.Guard.Lines.Count > arg ? World.Guard.Lines[arg] : null;
        switch ((Code)code)
        {
            case Code.Expire:
                World.Guard.Expire(line!);
                node.Settling.Tell(line!);
                break;
            case Code.ExpireUnknown:
                World.Faulted(FaultKind.ExpireUnknown);
                World.Guard.Expire(line!);
                break;
            case Code.Unsend:
                World.Guard.Unsend(line!);
                node.Ask(new Envelope(null));
                break;
            case Code.Tell:
                node.Settling.Tell(line!);
                break;
            case Code.Wake:
                _nextRound = World.Now + Period;
                node.Ask(new Envelope(null));
                break;
        }
    }

    public override string Describe(int code, int arg) => (Code)code == Code.Wake
        ? "wakes the run"
        : $"{(Code)code} {World.Guard.Lines[arg].Slot}";

    private void OfferRows(Moves moves)
    {
        for (var index = 0; index < World.Guard.Lines.Count; index++)
        {
            var line = World.Guard.Lines[index];
            if (Due(line) is not { } due || due > World.Now)
            {
                continue;
            }

            if (line.Status == SlotStatus.Scheduled)
            {
                if (!World.Has(Flaw.UnclaimedForgotten))
                {
                    moves.Add(this, (int)Code.Unsend, index);
                }
            }
            else if (MayExpire(line))
            {
                moves.Add(this, (int)Code.Expire, index);
            }
            else if (line.HasEnded && !node.Settling.IsTelling(line.Slot) && !World.Has(Flaw.UnclosedEndsForgotten))
            {
                moves.Add(this, (int)Code.Tell, index);
            }
        }
    }

    private bool MayExpire(GuardLine line) => World.Guard.IsExpired(line) && World.Now >= node.ExpiresFrom;
}
