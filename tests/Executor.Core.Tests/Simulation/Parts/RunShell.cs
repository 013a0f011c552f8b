using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>The run's actor on one node: decide, persist one entry, evolve, send, reply.</summary>
internal sealed partial class RunShell(Node node) : Part(node.World)
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
        Hear,
        Keep,
        KeepFailed,
        KeepUnknown,
        Fetch,
        FetchFailed,
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
    public DateTimeOffset? Due => _phase == Phase.Idle && MayStore ? _due : null;

    private RunRules Rules => World.Build.Rules;

    public void Receive(Envelope envelope)
    {
        _mailbox.Add(envelope);
        if (_phase == Phase.Idle && !MayStore)
        {
            LookAhead();
        }
    }

    public override void Offer(Moves moves)
    {
        if (_answers.Count > 0)
        {
            moves.Add(this, (int)Code.Hear);
        }

        switch (_phase)
        {
            case Phase.Absent when _mailbox.Count > 0:
                moves.Add(this, (int)Code.Recover);
                break;
            case Phase.Idle when IsFetching:
                moves.Add(this, (int)Code.Fetch);
                break;
            case Phase.Idle:
                OfferKeeping(moves);
                if (BatchSize() > 0)
                {
                    moves.Add(this, (int)Code.Decide);
                }

                if (_due <= node.Now && MayStore)
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
        OfferKeepingFaults(moves);
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
            if (_mailbox.Count == 0 && !IsFetching)
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
                Fire();
                break;
            case Code.Hear:
                Hear();
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
                node.Dues.Ask(_hold!.Release(_run!, _unknown.Count == 0, node.Now));
                Stop();
                break;
            case Code.TakeSnapshot:
                World.Snapshot = Rules.Snapshot(_run!);
                break;
            default:
                DoKeeping((Code)code);
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
        _answers.Clear();
        _unknown.Clear();
        _takenBack.Clear();
        ForgetContents();
        _unstored.Clear();
        (_run, _due, _hold) = (null, null, null);
        _phase = Phase.Absent;
    }

    public void NoteDeath()
    {
        if (_phase > Phase.Idle || _mailbox.Count > 0)
        {
            World.Statistics.Died(_phase switch
            {
                Phase.Idle when IsFetching => Point.FetchResult,
                Phase.Idle when FindUnkept() >= 0 => Point.KeepResult,
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
        _hold = new DueHold(World.Run, $"{_incarnation}", ReconcilerShell.Unclaimed);
        _phase = Phase.Idle;
        _isFresh = true;
        if (!World.Has(Flaw.NothingRepeated))
        {
            HandOn(Rules.Open(_run));
        }

        LookAhead();
        ForgetIfEnded();
        if (World.Has(Flaw.TimerFiresOnRecovery) && _due is { } due)
        {
            _mailbox.Insert(0, new Envelope(new RunCommand.TimeUp(due)));
        }
    }
}
