using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>When a worker must do something about what it has in hand.</summary>
internal sealed class HandTimes(World world)
{
    private TimeSpan Lease => world.Profile.Lease;

    public bool IsRenewalDue(Hand hand) => hand.MayHoldLease && world.Now >= RenewAt(hand);

    /// <summary>Its lease may have run out: another attempt could begin.</summary>
    public bool MustFence(Hand hand) => world.Now >= FenceAt(hand);

    /// <summary>Enough of the lease is left.</summary>
    public bool MayStart(Hand hand) => world.Now <= hand.LeaseFrom + (Lease / 2);

    /// <summary>Unless it hangs until its time is up.</summary>
    public bool MayFinish(Hand hand) =>
        world.Scenario.Script.Of(hand.Slot).Code != Script.HangCode || world.Now >= TimeoutOf(hand);

    /// <summary>What is next to come; null when nothing is.</summary>
    public DateTimeOffset? Next(Hand hand)
    {
        DateTimeOffset? next = null;
        Consider(hand.MayHoldLease ? RenewAt(hand) : null);
        Consider(hand.HoldsLease ? FenceAt(hand) : null);
        Consider(hand.Phase == HandPhase.Running ? TimeoutOf(hand) : null);
        return next;

        void Consider(DateTimeOffset? moment) =>
            next = moment > world.Now && (next is null || moment < next) ? moment : next;
    }

    private DateTimeOffset RenewAt(Hand hand) => hand.LeaseFrom + (Lease / 3);

    private DateTimeOffset FenceAt(Hand hand) => hand.LeaseFrom + (Lease / 3 * 2);

    private static DateTimeOffset TimeoutOf(Hand hand) => hand.StartedAt + hand.Request.Timeout;
}
