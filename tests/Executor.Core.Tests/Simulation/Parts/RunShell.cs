using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>The run's actor on one node: decide, persist one entry, evolve, send, reply.</summary>
internal sealed class RunShell(Node node) : Part(node.World)
{
    private enum Code
    {
        Recover,
        Decide,
        Timer,
        Persist,
        PersistFailed,
        PersistUnknown,
        PersistRejected,
        Act,
        Passivate,
        TakeSnapshot,
    }

    /// <summary>The end of a slot that this state never dispatched: another incarnation has, so this one is stale.</summary>
    private const string UnknownSlot = RunCodes.SlotUnknown;

    private enum Phase
    {
        Absent,
        Idle,
        Persisting,
        Stored,
    }

    private readonly List<Envelope> _mailbox = [];
    private readonly List<Envelope> _batch = [];
    private Phase _phase = Phase.Absent;
    private RunState? _run;
    private ImmutableArray<RunEvent> _entry;
    private DateTimeOffset? _due;
    private int _incarnation;

    public override string Name => node.Name + ".run";

    public RunState? Current => _run;

    /// <summary>Nobody lives here and nobody is on the way.</summary>
    public bool IsIdleAbsent => _phase == Phase.Absent && _mailbox.Count == 0;

    /// <summary>The run's timer, while it is awake.</summary>
    public DateTimeOffset? Due => _phase == Phase.Idle ? _due : null;

    public DateTimeOffset AbsentSince { get; private set; } = node.World.Now;

    private RunRules Rules => World.Build.Rules;

    public void Receive(Envelope envelope) => _mailbox.Add(envelope);

    public override void Offer(Moves moves)
    {
        switch (_phase)
        {
            case Phase.Absent when _mailbox.Count > 0:
                moves.Add(this, (int)Code.Recover);
                break;
            case Phase.Idle:
                if (_mailbox.Count > 0)
                {
                    moves.Add(this, (int)Code.Decide);
                }

                if (_due <= node.Now)
                {
                    moves.Add(this, (int)Code.Timer);
                }

                break;
            case Phase.Persisting:
                moves.Add(this, (int)Code.Persist);
                break;
            case Phase.Stored:
                moves.Add(this, (int)Code.Act);
                break;
        }
    }

    public override void OfferFaults(Moves moves)
    {
        if (_phase == Phase.Persisting)
        {
            moves.AddFault(this, (int)Code.PersistFailed, FaultKind.PersistFailed);
            moves.AddFault(this, (int)Code.PersistUnknown, FaultKind.PersistUnknown);
            moves.AddFault(this, (int)Code.PersistRejected, FaultKind.PersistRejected);
        }
    }

    public override void OfferRare(Moves moves)
    {
        if (World.Profile.Passivates && _phase == Phase.Idle)
        {
            if (_mailbox.Count == 0)
            {
                moves.Add(this, (int)Code.Passivate);
            }

            if (_run!.Entries > (World.Snapshot?.Entries ?? 0))
            {
                moves.Add(this, (int)Code.TakeSnapshot);
            }
        }
    }

    public override void Do(int code, int arg)
    {
        switch ((Code)code)
        {
            case Code.Recover:
                Recover();
                break;
            case Code.Decide:
                Decide(BatchSize());
                break;
            case Code.Timer:
                _mailbox.Insert(0, new Envelope(new RunCommand.TimeUp(node.Now)));
                Decide(1);
                break;
            case Code.Persist:
                Persist();
                break;
            case Code.PersistFailed:
                World.Faulted(FaultKind.PersistFailed);
                Fail();
                break;
            case Code.PersistUnknown:
                World.Faulted(FaultKind.PersistUnknown);
                Append();
                Fail();
                break;
            case Code.PersistRejected:
                World.Faulted(FaultKind.PersistRejected);
                Reject();
                break;
            case Code.Act:
                Act();
                break;
            case Code.Passivate:
                Stop();
                break;
            case Code.TakeSnapshot:
                World.Snapshot = Rules.Snapshot(_run!);
                break;
        }
    }

    public override string Describe(int code, int arg) => (Code)code switch
    {
        Code.Decide => $"decides {string.Join(", ", _mailbox.Take(BatchSize()).Select(Wording.Of))}",
        Code.Persist => $"persists entry {_run!.Entries + 1}: {Wording.Of(_entry)}",
        var other => other.ToString(),
    };

    /// <summary>Gone from memory, with all that waited for it.</summary>
    public void Stop()
    {
        foreach (var envelope in _mailbox.Concat(_batch))
        {
            envelope.IsLost = true;
        }

        _mailbox.Clear();
        _batch.Clear();
        _run = null;
        _due = null;
        _phase = Phase.Absent;
        AbsentSince = World.Now;
    }

    public void NoteDeath()
    {
        if (_phase > Phase.Idle || _mailbox.Count > 0)
        {
            World.Statistics.Died(_phase switch
            {
                Phase.Absent => Point.Recover,
                Phase.Idle => Point.Decide,
                Phase.Persisting => Point.Persist,
                _ => Point.Act,
            });
        }
    }

    private void Recover()
    {
        var from = World.Snapshot ?? Rules.New(World.Run);
        _run = Replay.Fold(World, from.Entries, from);
        _due = Rules.Due(_run);
        _incarnation = ++World.Incarnations;
        _phase = Phase.Idle;
        if (!World.Has(Flaw.NoRepeatOnRecovery))
        {
            node.Dispatcher.Enqueue(Rules.Open(_run));
        }

        if (World.Has(Flaw.TimerFiresOnRecovery) && _due is { } due)
        {
            _mailbox.Insert(0, new Envelope(new RunCommand.TimeUp(due)));
        }
    }

    private int BatchSize()
    {
        var most = Math.Min(_mailbox.Count, World.Profile.GroupCommit);
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
            if (envelope.Command is null)
            {
                node.Dispatcher.Enqueue(Rules.Open(_run!));
                continue;
            }

            var decision = Rules.Decide(run, envelope.Command);
            envelope.Refusal = decision.Refusal;
            if (decision.Refusal?.Code == UnknownSlot && !World.Has(Flaw.UnknownSlotAccepted))
            {
                Stop();
                return;
            }

            if (!decision.IsEmpty)
            {
                _entry = _entry.IsEmpty ? decision.Events : _entry.AddRange(decision.Events);
                run = _batch.Count > 1 ? Rules.Evolve(run, decision.Events) : run;
            }
        }

        if (_entry.IsEmpty)
        {
            Reply(_run!);
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

    private void Persist()
    {
        if (Append())
        {
            _phase = Phase.Stored;
        }
        else
        {
            World.Statistics.Fenced++;
            Fail();
        }
    }

    private bool Append() =>
        World.Journal.Append(new JournalLine(_run!.Entries + 1, _entry, node.Index, _incarnation), World.Checks);

    private void Fail()
    {
        if (World.Has(Flaw.FailedPersistTakenAsStored))
        {
            _phase = Phase.Stored;
        }
        else
        {
            Stop();
        }
    }

    /// <summary>Not stored and never could be: the next incarnation gets the commands, each on its own.</summary>
    private void Reject()
    {
        Envelope[] waiting = [.. _batch, .. _mailbox];
        var wasAlone = _batch.Count == 1;
        _batch.ForEach(envelope => envelope.Reject(wasAlone, node.Now));
        _batch.Clear();
        _mailbox.Clear();
        Stop();
        _mailbox.AddRange(waiting);
    }

    private void Act()
    {
        _run = Rules.Evolve(_run!, _entry);
        _due = Rules.Due(_run);
        node.Dispatcher.Enqueue(Rules.Effects(_run, _entry));
        World.Checks.Evolved(_run);
        Reply(_run);
        _phase = Phase.Idle;
    }

    private void Reply(RunState run)
    {
        foreach (var envelope in _batch)
        {
            envelope.Answer(run);
        }

        _batch.Clear();
    }
}
