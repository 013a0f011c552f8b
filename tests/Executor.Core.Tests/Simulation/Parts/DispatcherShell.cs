using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>Reserve, publish, mark sent; and withdraw.</summary>
internal sealed class DispatcherShell(Node node) : Part(node.World)
{
    private enum Code
    {
        Reserve,
        ReserveFailed,
        ReserveUnknown,
        Publish,
        PublishRefused,
        ConfirmLost,
        Mark,
        MarkFailed,
        MarkUnknown,
        Withdraw,
        WithdrawUnknown,
    }

    private readonly List<RunEffect.Send> _sends = [];
    private readonly List<RunEffect.Withdraw> _withdrawals = [];
    private readonly List<RunEffect.Send> _toPublish = [];
    private readonly List<RunEffect.Send> _toMark = [];

    public override string Name => node.Name + ".send";

    private int BatchSize => Math.Min(World.Profile.SendBatch, _sends.Count);

    public void Enqueue(IEnumerable<RunEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case RunEffect.Send send when !_sends.Exists(other => other.Request.Slot == send.Request.Slot):
                    _sends.Add(send);
                    break;
                case RunEffect.Withdraw withdraw:
                    _withdrawals.Add(withdraw);
                    break;
            }
        }
    }

    public void NoteDeath()
    {
        Note(Point.Reserve, _sends.Count);
        Note(Point.Publish, _toPublish.Count);
        Note(Point.MarkSent, _toMark.Count);
        Note(Point.Withdraw, _withdrawals.Count);

        void Note(Point point, int waiting)
        {
            if (waiting > 0)
            {
                World.Statistics.Died(point);
            }
        }
    }

    /// <summary>Only a mutant does this.</summary>
    public void ReserveEarly(IEnumerable<RunEffect> effects)
    {
        foreach (var send in effects.OfType<RunEffect.Send>())
        {
            World.Guard.Reserve(send.Request.Id, send.Request.Slot, send.Entry);
        }
    }

    public override void Offer(Moves moves)
    {
        if (_toPublish.Count > 0)
        {
            moves.Add(this, (int)Code.Publish);
        }
        else if (_toMark.Count > 0)
        {
            moves.Add(this, (int)Code.Mark);
        }
        else if (_sends.Count > 0)
        {
            moves.Add(this, (int)Code.Reserve);
        }

        if (_withdrawals.Count > 0)
        {
            moves.Add(this, (int)Code.Withdraw);
        }
    }

    public override void OfferFaults(Moves moves)
    {
        if (_toPublish.Count > 0)
        {
            moves.AddFault(this, (int)Code.PublishRefused, FaultKind.PublishRefused);
            moves.AddFault(this, (int)Code.ConfirmLost, FaultKind.ConfirmLost);
        }
        else if (_toMark.Count > 0)
        {
            moves.AddFault(this, (int)Code.MarkFailed, FaultKind.MarkFailed);
            moves.AddFault(this, (int)Code.MarkUnknown, FaultKind.MarkUnknown);
        }
        else if (_sends.Count > 0)
        {
            moves.AddFault(this, (int)Code.ReserveFailed, FaultKind.ReserveFailed);
            moves.AddFault(this, (int)Code.ReserveUnknown, FaultKind.ReserveUnknown);
        }

        if (_withdrawals.Count > 0)
        {
            moves.AddFault(this, (int)Code.WithdrawUnknown, FaultKind.WithdrawUnknown);
        }
    }

    public override void Do(int code, int arg)
    {
        switch ((Code)code)
        {
            case Code.Reserve:
                Reserve();
                break;
            case Code.ReserveFailed:
                World.Faulted(FaultKind.ReserveFailed);
                break;
            case Code.ReserveUnknown:
                World.Faulted(FaultKind.ReserveUnknown);
                ReserveEarly(_sends[..BatchSize]);
                break;
            case Code.Publish:
                Publish();
                _toMark.Add(_toPublish[0]);
                _toPublish.RemoveAt(0);
                break;
            case Code.PublishRefused:
                World.Faulted(FaultKind.PublishRefused);
                break;
            case Code.ConfirmLost:
                World.Faulted(FaultKind.ConfirmLost);
                Publish();
                break;
            case Code.Mark:
                Mark();
                _toMark.Clear();
                break;
            case Code.MarkFailed:
                World.Faulted(FaultKind.MarkFailed);
                break;
            case Code.MarkUnknown:
                World.Faulted(FaultKind.MarkUnknown);
                Mark();
                break;
            case Code.Withdraw:
                Withdraw(_withdrawals[0]);
                _withdrawals.RemoveAt(0);
                break;
            case Code.WithdrawUnknown:
                World.Faulted(FaultKind.WithdrawUnknown);
                var unknown = _withdrawals[0];
                World.Guard.Withdraw(unknown.Id, unknown.Slot, unknown.Status);
                break;
        }
    }

    public override string Describe(int code, int arg) => (Code)code switch
    {
        Code.Reserve or Code.ReserveFailed or Code.ReserveUnknown =>
            $"{(Code)code} {string.Join(", ", _sends[..BatchSize].Select(send => send.Request.Slot))}",
        Code.Publish or Code.PublishRefused or Code.ConfirmLost => $"{(Code)code} {_toPublish[0].Request.Slot}",
        Code.Withdraw or Code.WithdrawUnknown => $"{(Code)code} {_withdrawals[0].Slot}",
        var other => other.ToString(),
    };

    private void Reserve()
    {
        var batch = _sends[..BatchSize];
        _sends.RemoveRange(0, batch.Count);
        foreach (var send in batch)
        {
            node.Runs.Know(send.Request.Slot);
            if (World.Guard.Reserve(send.Request.Id, send.Request.Slot, send.Entry) == ReservedState.Unsent)
            {
                _toPublish.Add(send);
                if (World.Has(Flaw.SentBeforePublished))
                {
                    World.Guard.MarkSent(send.Request.Slot);
                }
            }
        }
    }

    private void Publish() => World.Tasks.Publish(_toPublish[0].Request);

    private void Mark() => _toMark.ForEach(send => World.Guard.MarkSent(send.Request.Slot));

    private void Withdraw(RunEffect.Withdraw withdraw)
    {
        node.Runs.Know(withdraw.Slot);
        if (!World.Build.HasGuard)
        {
            return;
        }

        var line = World.Guard.Withdraw(withdraw.Id, withdraw.Slot, withdraw.Status);
        if (line is { HasEnded: true, IsClosed: false })
        {
            node.Settling.Tell(line);
        }
        else if (line.Status == SlotStatus.Running && withdraw.StopRunning)
        {
            foreach (var worker in World.Workers)
            {
                worker.Cancel(withdraw.Slot);
            }
        }
    }
}
