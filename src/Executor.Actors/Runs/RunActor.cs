using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using Executor.Actors.Cluster;
using Executor.Actors.Configuration;
using Executor.Actors.Dispatching;
using Executor.Actors.Journal;
using Executor.Actors.Recovery;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>One run: decides one command at a time, stores what it decided as one entry, and only then acts and answers.</summary>
/// <remarks>
/// What comes while an entry is being written waits, and is then decided one after the other and stored as one entry:
/// under load a run costs one commit per disk turn, not one per message. PersistAsync is used for nothing but this: no
/// decision is ever made between a write and its confirmation.
/// </remarks>
public sealed class RunActor : ReceivePersistentActor, IWithTimers
{
    private const int MostCommandsAtOnce = 256;
    private const int MostEventsAtOnce = 2_000;

    private readonly RunRooms _rooms;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly string _incarnation = Guid.NewGuid().ToString("N");
    private readonly Queue<Pending> _waiting = new();
    private readonly Followers _followers = new(Context.System.Scheduler);
    private readonly List<ImmutableArray<RunEvent>> _replayed = [];
    private RunTimers? _timers;
    private RunState _run;
    private RunState? _recoveredFrom;
    private DateTimeOffset? _keptDue;
    private bool _writing;
    private bool _leaving;
    private bool _repeated;
    private bool _idle;

    public RunActor(RunId run, RunRooms rooms)
    {
        _rooms = rooms;
        _run = RunState.Initial(run);
        PersistenceId = JournalCodec.IdOf(run);
        Recover<SnapshotOffer>(offer => _recoveredFrom = _run = ((RunSnapshot)offer.Snapshot).State);
        Recover<JournalEntry>(Replay);
        Recover<RecoveryCompleted>(_ => Begin());
        Command<RunCommand>(command => Take(command, Sender));
        Command<RunTimers.TimerFired>(_ => Fire());
        Command<Wake>(_ => WakeUp());
        Command<AskState>(_ => Sender.Tell(new RunIs(_run)));
        Command<AskReport>(_ => Report());
        Command<Follow>(_ => _followers.Add(Sender, _run));
        Command<IdleCheck>(_ => CheckIdle());
        Command<StopRun>(_ => Leave());
    }

    public override string PersistenceId { get; }

    public static Props PropsOf(RunId run, RunRooms rooms) => Made<RunActor>.By(() => new RunActor(run, rooms));

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        _log.Error(cause, "Run {RunId} decided something that cannot be written (entry {Entry})", _run.Id, sequenceNr);
        throw new InvalidOperationException($"Entry {sequenceNr} of run {_run.Id} cannot be written.", cause);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        _log.Warning(cause, "Run {RunId} stops: entry {Entry} may or may not be stored", _run.Id, sequenceNr);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        _log.Error(reason, "Run {RunId} cannot read its journal after entry {Entry}", _run.Id, LastSequenceNr);

    protected override void PostStop()
    {
        if (!_leaving)
        {
            _rooms.Reviver.Tell(new Fallen(_run.Id));
        }

        base.PostStop();
    }

    private void Replay(JournalEntry entry)
    {
        _run = _run.Evolve(entry.Events);
        _replayed.Add(entry.Events);
    }

    private void Begin()
    {
        _timers = new RunTimers(Timers, Context.System.Scheduler);
        Timers.StartPeriodicTimer(nameof(IdleCheck), IdleCheck.Instance, _rooms.IdleAfter);
        if (_run.HasStarted)
        {
            Publish(_recoveredFrom ?? RunState.Initial(_run.Id), [.. _replayed.SelectMany(events => events)], recovered: true);
            Act(RunEffects.Open(_run));
            _repeated = true;
        }

        _recoveredFrom = null;
        _replayed.Clear();
    }

    private void WakeUp()
    {
        // The first thing a run does is to repeat what is open; the message that woke it asks for nothing more.
        if (!_repeated)
        {
            Act(RunEffects.Open(_run));
        }

        _repeated = false;
        Sender.Tell(new Awake(_run.Entries));
        RestIfEnded();
    }

    private void Report()
    {
        Sender.Tell(RunReport.Of(_run));
        if (!_run.HasStarted && !_writing)
        {
            // Somebody has asked for a run that does not exist.
            Context.Parent.Tell(new Passivate(StopRun.Now));
        }
    }

    private void Fire()
    {
        _timers!.Fired();
        if (_run.NextDue <= _timers.Now)
        {
            Take(new RunCommand.TimeUp(_timers.Now), ActorRefs.Nobody);
        }
        else
        {
            _timers.Arm(_run.NextDue);
        }
    }

    private void Take(RunCommand command, IActorRef sender)
    {
        _idle = false;
        _waiting.Enqueue(new Pending(command, sender));
        Proceed();
    }

    private void Proceed()
    {
        while (!_writing && _waiting.Count > 0)
        {
            DecideWaiting();
        }
    }

    private void DecideWaiting()
    {
        var draft = _run;
        var events = ImmutableArray.CreateBuilder<RunEvent>();
        var answers = new List<(IActorRef To, Accepted Answer)>();
        while (answers.Count < MostCommandsAtOnce && events.Count < MostEventsAtOnce
            && _waiting.TryDequeue(out var pending))
        {
            var decision = RunDecider.Decide(draft, pending.Command, _rooms.Actions);
            RefuseToBeStale(decision.Refusal);
            draft = decision.Events.Aggregate(draft, (run, happened) => run.Evolve(happened));
            events.AddRange(decision.Events);
            answers.Add((pending.Sender, Answer(draft, pending.Command, decision.Refusal)));
        }

        if (events.Count == 0)
        {
            Settle(answers);
            return;
        }

        _writing = true;
        var entry = new JournalEntry(events.DrainToImmutable(), _rooms.Node, _incarnation, _timers!.Now);
        var after = draft.EndEntry();
        PersistAsync(entry, stored => Stored(stored, after, answers));
    }

    private void Stored(JournalEntry entry, RunState after, List<(IActorRef To, Accepted Answer)> answers)
    {
        var before = _run;
        _writing = false;
        _run = after;
        Act(RunEffects.Of(_run, entry.Events));
        Settle(answers);
        Publish(before, entry.Events);
        _followers.Tell(_run);
        Proceed();
    }

    private void Settle(List<(IActorRef To, Accepted Answer)> answers)
    {
        foreach (var (to, answer) in answers)
        {
            to.Tell(answer, Self);
        }

        if (_leaving && !_writing && _waiting.Count == 0)
        {
            Context.Stop(Self);
            return;
        }

        _timers!.Arm(_run.NextDue);
        RestIfEnded();
    }

    /// <summary>A result for a slot that this state never dispatched: another incarnation did, and its journal is longer.</summary>
    private void RefuseToBeStale(Refusal? refusal)
    {
        if (refusal?.Code == "slot.unknown")
        {
            throw new StaleRunException($"Run {_run.Id} is behind its journal at entry {_run.Entries}: {refusal.Message}");
        }
    }

    private void Act(IEnumerable<RunEffect> effects)
    {
        var (sends, withdrawals) = (new List<RunEffect.Send>(), new List<RunEffect.Withdraw>());
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case RunEffect.Send send:
                    sends.Add(send);
                    break;
                case RunEffect.Withdraw withdraw:
                    withdrawals.Add(withdraw);
                    break;
                default:
                    throw new InvalidOperationException($"No room for {effect}.");
            }
        }

        if (sends.Count > 0)
        {
            _rooms.Dispatcher.Tell(new Outgoing(_run.Id, sends));
        }

        if (withdrawals.Count > 0)
        {
            _rooms.Withdrawer.Tell(new Unwanted(_run.Id, withdrawals));
        }

        KeepDue();
        _timers!.Arm(_run.NextDue);
    }

    /// <summary>The stored time may be early but never late, so that a sleeping run is found; it goes when the run ends.</summary>
    private void KeepDue()
    {
        var due = _run.HasEnded ? null : _run.NextDue;
        if (_run.HasEnded || _keptDue is not { } kept || due < kept || kept <= _timers!.Now)
        {
            _keptDue = due;
            _rooms.DueKeeper.Tell(new KeepDue(_run.Id, due));
        }
    }

    private void Publish(RunState before, ImmutableArray<RunEvent> events, bool recovered = false) =>
        Context.System.EventStream.Publish(new RunAdvanced(before, _run, events, recovered));

    private static Accepted Answer(RunState run, RunCommand command, Refusal? refusal) =>
        command is RunCommand.FinishItem finish
            ? new Accepted(refusal, run.EndOf(finish.Slot))
            : new Accepted(refusal);

    private void CheckIdle()
    {
        if (_idle && !_writing)
        {
            Context.Parent.Tell(new Passivate(StopRun.Now));
        }

        _idle = true;
    }

    private void RestIfEnded()
    {
        if (_run.HasEnded && !_writing && _waiting.Count == 0 && !_leaving)
        {
            Context.Parent.Tell(new Passivate(StopRun.Now));
        }
    }

    private void Leave()
    {
        _leaving = true;
        if (!_writing && _waiting.Count == 0)
        {
            Context.Stop(Self);
        }
    }

    private sealed record IdleCheck
    {
        public static readonly IdleCheck Instance = new();
    }
}
