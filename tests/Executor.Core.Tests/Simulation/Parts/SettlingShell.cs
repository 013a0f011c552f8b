using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Tables;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>Brings every end of an attempt to the run; after its answer closes the guard row and acknowledges.</summary>
internal sealed class SettlingShell(Node node) : Part(node.World)
{
    private enum Code
    {
        Take,
        Ask,
        AskTimedOut,
        GiveUp,
        Close,
        CloseFailed,
        CloseUnknown,
        Ack,
    }

    /// <summary>Error of an attempt that was withdrawn before any worker had claimed it.</summary>
    public const string NeverTaken = "no worker had taken it";

    private const int Prefetch = 4;
    private readonly List<Settlement> _open = [];

    public override string Name => node.Name + ".ends";

    /// <summary>A row that ended without a result.</summary>
    public void Tell(GuardLine line)
    {
        if (!_open.Exists(open => open.Finish.Slot == line.Slot))
        {
            var outcome = line.Status switch
            {
                SlotStatus.Timeout => ItemOutcome.NeverTaken,
                SlotStatus.Abandoned => new ItemOutcome(line.Status, Value.Null, "its worker was lost"),
                _ => new ItemOutcome(line.Status, Value.Null, NeverTaken),
            };
            _open.Add(new Settlement(new RunCommand.FinishItem(line.Slot, outcome, node.Now), null));
        }
    }

    public void NoteDeath()
    {
        foreach (var open in _open)
        {
            World.Statistics.Died(Next(open) switch
            {
                Code.Ask => Point.AskRun,
                Code.Close => Point.Close,
                Code.Ack => Point.AckResult,
                _ => Point.HearRun,
            });
        }
    }

    public bool IsTelling(Slot slot) => _open.Exists(open => open.Finish.Slot == slot);

    public override void Offer(Moves moves)
    {
        if (_open.Count < Prefetch)
        {
            moves.AddDeliveries(this, (int)Code.Take, World.Results);
        }

        for (var index = 0; index < _open.Count; index++)
        {
            var next = Next(_open[index]);
            if (next != Code.AskTimedOut)
            {
                moves.Add(this, (int)next, index);
            }
        }
    }

    public override void OfferFaults(Moves moves)
    {
        for (var index = 0; index < _open.Count; index++)
        {
            switch (Next(_open[index]))
            {
                case Code.AskTimedOut:
                    moves.AddFault(this, (int)Code.AskTimedOut, FaultKind.AskTimedOut, index);
                    break;
                case Code.Close:
                    moves.AddFault(this, (int)Code.CloseFailed, FaultKind.CloseFailed, index);
                    moves.AddFault(this, (int)Code.CloseUnknown, FaultKind.CloseUnknown, index);
                    break;
            }
        }
    }

    public override void Do(int code, int arg)
    {
        switch ((Code)code)
        {
            case Code.Take:
                Take(arg);
                break;
            case Code.Ask:
                _open[arg].Question = node.Ask(new Envelope(_open[arg].Finish));
                break;
            case Code.AskTimedOut:
                World.Faulted(FaultKind.AskTimedOut);
                GiveUp(_open[arg]);
                break;
            case Code.GiveUp:
                GiveUp(_open[arg]);
                break;
            case Code.Close:
                Close(_open[arg]);
                break;
            case Code.CloseFailed:
                World.Faulted(FaultKind.CloseFailed);
                GiveUp(_open[arg]);
                break;
            case Code.CloseUnknown:
                World.Faulted(FaultKind.CloseUnknown);
                CloseRow(_open[arg]);
                GiveUp(_open[arg]);
                break;
            case Code.Ack:
                World.Results.Ack(_open[arg].Delivery!, this);
                _open.RemoveAt(arg);
                break;
        }
    }

    public override string Describe(int code, int arg) => (Code)code switch
    {
        Code.Take => $"takes result of {World.Results[arg].Body.Slot}",
        var other => $"{other} {Wording.Of(_open[arg].Finish)}",
    };

    private static Code Next(Settlement open)
    {
        if (open.Question is not { } question)
        {
            return Code.Ask;
        }

        if (!question.IsAnswered)
        {
            return question.IsHopeless ? Code.GiveUp : Code.AskTimedOut;
        }

        return open.IsClosed ? Code.Ack : Code.Close;
    }

    private void Take(int index)
    {
        var message = World.Results.Take(index, this);
        var result = message.Body;
        var claim = new Claim(result.Id, result.Run, result.Slot, result.Worker, result.ClaimId);
        if (World.Build.HasGuard && result.Token != DeskShell.Token(claim) && !World.Has(Flaw.ResultWithoutToken))
        {
            World.Results.Ack(message, this);
            return;
        }

        _open.Add(new Settlement(new RunCommand.FinishItem(result.Slot, result.Outcome, result.EndedAt), message));
    }

    private void GiveUp(Settlement open)
    {
        if (World.Has(Flaw.CloseWithoutAccepted))
        {
            Close(open);
            return;
        }

        if (open.Delivery is { } delivery && ReferenceEquals(delivery.Holder, this))
        {
            delivery.Holder = null;
        }

        _open.Remove(open);
    }

    private void Close(Settlement open)
    {
        CloseRow(open);
        open.IsClosed = true;
        open.Question ??= new Envelope(null);
        open.Question.IsAnswered = true;
        if (open.Delivery is null)
        {
            _open.Remove(open);
        }
    }

    /// <summary>As the run has written it down; mutants believe the news themselves.</summary>
    private void CloseRow(Settlement open)
    {
        var journaled = World.Has(Flaw.ClosedAsTold) ? null : open.Question?.Ended;
        World.Guard.Close(open.Finish.Slot, journaled ?? open.Finish.Outcome.Status);
    }
}
