using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>What one process of a worker does with the requests it has taken.</summary>
internal sealed class HandsShell(Worker worker) : Part(worker.World)
{
    private enum Code
    {
        Take,
        Claim,
        ClaimAgain,
        AckGranted,
        AckRefused,
        Start,
        Finish,
        Report,
        ReportRefused,
        ReportUnknown,
        Renew,
        FenceItself,
    }

    private const int RenewalsBeforeRepeat = 3;
    private readonly List<Hand> _hands = [];
    private readonly HandTimes _times = new(worker.World);
    private readonly HandWork _work = new(worker.World, worker.Name);

    public override string Name => worker.Name;

    /// <summary>A lease is due for renewal.</summary>
    public bool IsRenewalDue() => _hands.Exists(_times.IsRenewalDue);

    /// <summary>When something of its own is due; null when nothing is.</summary>
    public DateTimeOffset? NextTime() => _hands.Min(_times.Next);

    public void Hear(string claim, string? token)
    {
        if (worker.IsCut)
        {
            return;
        }

        foreach (var hand in _hands)
        {
            if (hand.Claim == claim && hand.Phase == HandPhase.Claiming)
            {
                hand.Token = token;
                hand.Phase = token is not null || World.Has(Flaw.StartThoughRefused)
                    ? HandPhase.Granted
                    : HandPhase.Refused;
            }
        }
    }

    public void Cancel(Slot slot)
    {
        foreach (var hand in _hands)
        {
            hand.IsToStop |= !worker.IsCut && hand.Slot == slot;
        }
    }

    public override void Offer(Moves moves)
    {
        if (!worker.IsCut && CountWorking() < World.Profile.WorkerSlots)
        {
            moves.AddDeliveries(this, (int)Code.Take, World.Tasks);
        }

        for (var place = 0; place < _hands.Count; place++)
        {
            Offer(moves, _hands[place], place);
        }
    }

    public override void OfferFaults(Moves moves)
    {
        for (var place = 0; place < _hands.Count; place++)
        {
            if (_hands[place].Phase == HandPhase.Reporting)
            {
                moves.AddFault(this, (int)Code.ReportRefused, FaultKind.ResultRefused, place);
                moves.AddFault(this, (int)Code.ReportUnknown, FaultKind.ResultConfirmLost, place);
            }
        }
    }

    public override void Do(int code, int arg)
    {
        if ((Code)code == Code.Take)
        {
            Take(arg);
        }
        else
        {
            Do((Code)code, _hands[arg]);
        }
    }

    public override string Describe(int code, int arg) => (Code)code switch
    {
        Code.Take => $"takes {World.Tasks[arg].Body.Slot}",
        Code.Renew => $"renews {_hands[arg].Slot} ({_hands[arg].Phase})",
        var other => $"{other} {_hands[arg].Slot} {_hands[arg].Claim}",
    };

    /// <summary>The process is gone: its unacknowledged requests return, its actions are dead.</summary>
    public void Die()
    {
        World.Tasks.ReturnAllOf(this);
        foreach (var hand in _hands)
        {
            World.Statistics.Died(Point.WorkerClaim + (int)hand.Phase);
        }

        _hands.ForEach(_work.BreakOff);
        _hands.Clear();
    }

    private void Offer(Moves moves, Hand hand, int place)
    {
        if (hand.HoldsLease && !worker.IsCut && _times.IsRenewalDue(hand) && World.AnyNode() is not null)
        {
            moves.Add(this, (int)Code.Renew, place);
        }

        if (hand.Phase is HandPhase.Ready or HandPhase.Running && _times.MustFence(hand))
        {
            moves.Add(this, (int)Code.FenceItself, place);
        }

        switch (hand.Phase)
        {
            case HandPhase.Taken when !worker.IsCut:
                moves.Add(this, (int)Code.Claim, place);
                break;
            case HandPhase.Claiming when !worker.IsCut && !IsClaimUnderWay(hand.Claim):
                moves.Add(this, (int)Code.ClaimAgain, place);
                break;
            case HandPhase.Granted:
                moves.Add(this, (int)Code.AckGranted, place);
                break;
            case HandPhase.Refused:
                moves.Add(this, (int)Code.AckRefused, place);
                break;
            case HandPhase.Ready when _times.MayStart(hand):
                moves.Add(this, (int)Code.Start, place);
                break;
            case HandPhase.Running when hand.IsToStop || _times.MayFinish(hand):
                moves.Add(this, (int)Code.Finish, place);
                break;
            case HandPhase.Reporting when !worker.IsCut:
                moves.Add(this, (int)Code.Report, place);
                break;
        }
    }

    private void Do(Code code, Hand hand)
    {
        switch (code)
        {
            case Code.Claim:
            case Code.ClaimAgain:
                Claim(hand);
                break;
            case Code.AckGranted:
                World.Tasks.Ack(hand.Delivery, this);
                hand.Phase = HandPhase.Ready;
                break;
            case Code.AckRefused:
                World.Tasks.Ack(hand.Delivery, this);
                _hands.Remove(hand);
                break;
            case Code.Start:
                _work.Start(hand);
                break;
            case Code.Finish:
                _work.Finish(hand);
                break;
            case Code.Report:
                _work.Report(hand);
                hand.Phase = HandPhase.Settling;
                hand.StillRunning = 0;
                break;
            case Code.ReportRefused:
                World.Faulted(FaultKind.ResultRefused);
                break;
            case Code.ReportUnknown:
                World.Faulted(FaultKind.ResultConfirmLost);
                _work.Report(hand);
                break;
            case Code.Renew:
                Renew(hand);
                break;
            case Code.FenceItself:
                Drop(hand);
                break;
        }
    }

    private void Take(int place)
    {
        var message = World.Tasks.Take(place, this);
        var known = _hands.Find(hand => hand.Slot == message.Body.Slot && hand.Phase != HandPhase.Refused);
        if (known is not null && World.Build.HasGuard && !World.Has(Flaw.StartThoughRefused))
        {
            World.Tasks.Ack(message, this);
            return;
        }

        _hands.Add(new Hand(message, worker.NextClaim()));
    }

    private void Claim(Hand hand)
    {
        hand.LeaseFrom = World.Now;
        if (!World.Build.HasGuard || World.Has(Flaw.StartWithoutClaim))
        {
            hand.Token = DeskShell.Token(ClaimOf(hand));
            hand.Phase = HandPhase.Granted;
            return;
        }

        hand.Phase = HandPhase.Claiming;
        World.Claims.Publish(ClaimOf(hand));
    }

    private Claim ClaimOf(Hand hand) => new(hand.Request.Id, World.Run, hand.Slot, Name, hand.Claim);

    private void Renew(Hand hand)
    {
        if (!World.Guard.Renew(hand.Slot, hand.Claim) && !World.Has(Flaw.AbandonedRunsOn))
        {
            Drop(hand);
            return;
        }

        hand.LeaseFrom = World.Now;
        if (hand.Phase == HandPhase.Settling)
        {
            if (!World.Build.HasGuard)
            {
                _hands.Remove(hand);
            }
            else if (++hand.StillRunning >= RenewalsBeforeRepeat && !World.Has(Flaw.ResultNotRepeated))
            {
                hand.Phase = HandPhase.Reporting;
            }
        }
    }

    /// <summary>Kills the action and forgets the attempt: its lease is lost or given up.</summary>
    private void Drop(Hand hand)
    {
        World.Tasks.Ack(hand.Delivery, this);
        _work.BreakOff(hand);
        _hands.Remove(hand);
    }

    private bool IsClaimUnderWay(string claim)
    {
        for (var index = 0; index < World.Claims.Count; index++)
        {
            if (World.Claims[index].Body.ClaimId == claim)
            {
                return true;
            }
        }

        foreach (var node in World.Nodes)
        {
            if (node.IsAnswering(claim))
            {
                return true;
            }
        }

        return false;
    }

    private int CountWorking()
    {
        var count = 0;
        foreach (var hand in _hands)
        {
            count += hand.IsWorking ? 1 : 0;
        }

        return count;
    }
}
