using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <content>What waits, decided one after the other for one entry.</content>
internal sealed partial class RunShell
{
    /// <summary>A wake needs no hold on the row; what may be stored does.</summary>
    private int BatchSize()
    {
        if (!MayStore)
        {
            return _mailbox.Count > 0 && _mailbox[0].Command is null ? 1 : 0;
        }

        var most = Math.Min(_mailbox.Count, World.Profile.GroupCommit);
        var unkept = FindUnkept();
        most = unkept < 0 ? most : Math.Min(most, unkept);
        var alone = _mailbox.FindIndex(0, most, static envelope => envelope.IsAlone);
        return alone < 0 ? most : Math.Max(alone, 1);
    }

    private void Decide(int count)
    {
        _batch.AddRange(_mailbox[..count]);
        _mailbox.RemoveRange(0, count);
        var run = _run!;
        _entry = [];
        foreach (var envelope in _batch)
        {
            var isFirst = _isFresh;
            if (envelope.Command is null)
            {
                WakeUp();
                continue;
            }

            _isFresh = false;

            var decision = Rules.Decide(run, envelope.Command, _contents);
            if (decision.IsOpen)
            {
                HoldBack(envelope, decision);
                break;
            }

            if (decision.Refusal?.Code == RunCodes.RunUnknown)
            {
                if (!isFirst && !World.Has(Flaw.DeniedUnread))
                {
                    ReadAgain(envelope);
                    break;
                }

                World.Checks.Denied(envelope);
            }

            ForgetContents();
            envelope.Refusal = decision.Refusal;
            if (decision.Refusal?.Code == UnknownSlot && !World.Has(Flaw.UnknownSlotAccepted))
            {
                Fall();
                return;
            }

            if (!decision.IsEmpty)
            {
                _entry = _entry.IsEmpty ? decision.Events : _entry.AddRange(decision.Events);
                run = _batch.Count > 1 ? Rules.Evolve(run, decision.Events) : run;
            }
        }

        if (_phase == Phase.Absent)
        {
            return;
        }

        if (_entry.IsEmpty && IsFetching)
        {
            Reply(_run!);
            LookAhead();
            return;
        }

        if (_entry.IsEmpty)
        {
            Reply(_run!);
            LookAhead();
            RestIfDone();
            return;
        }

        _phase = Phase.Persisting;
        if (World.Has(Flaw.ReplyBeforePersist))
        {
            Reply(Rules.Evolve(_run!, _entry));
        }

        if (World.Has(Flaw.SendBeforePersist))
        {
            node.Dispatcher.Enqueue(Rules.Effects(Rules.Evolve(_run!, _entry), _entry));
        }

        if (World.Has(Flaw.GuardBeforeJournal))
        {
            node.Dispatcher.ReserveEarly(Rules.Effects(Rules.Evolve(_run!, _entry), _entry));
        }
    }
}
