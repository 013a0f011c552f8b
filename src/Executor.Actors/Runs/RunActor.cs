using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Executor.Actors.Calls;
using Executor.Actors.Cluster;
using Executor.Actors.Configuration;
using Executor.Actors.Dispatching;
using Executor.Actors.Journal;
using Executor.Actors.Recovery;
using Executor.Actors.Results;
using Executor.Actors.Telemetry;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>One run: decides one command at a time, stores what it decided as one entry, and only then acts and answers.</summary>
/// <remarks>
/// What comes while an entry is being written waits, and is then decided one after the other and stored as one entry:
/// under load a run costs one commit per disk turn, not one per message. PersistAsync is used for nothing but this: no
/// decision is ever made between a write and its confirmation.
/// </remarks>
public sealed partial class RunActor : ReceivePersistentActor, IWithTimers
{
    private readonly RunRooms _rooms;
    private readonly RunOutlet _outlet;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly string _incarnation = Guid.NewGuid().ToString("N");
    private readonly Followers _followers = new(Context.System.Scheduler);
    private readonly RunInbox _inbox = new();
    private readonly RunTrace _trace = new();
    private readonly List<ImmutableArray<RunEvent>> _replayed = [];
    private RunTimers? _timers;
    private RunState _run;
    private RunState? _recoveredFrom;
    private bool _writing;
    private bool _isOver;
    private bool _leaving;
    private bool _isFresh;
    private bool _idle;

    public RunActor(RunId run, RunRooms rooms)
    {
        _rooms = rooms;
        _outlet = new RunOutlet(run, _incarnation, rooms);
        _known = _atHand = rooms.Actions;
        _run = RunState.Initial(run);
        PersistenceId = JournalCodec.IdOf(run);
        Recover<SnapshotOffer>(offer => _recoveredFrom = _run = ((RunSnapshot)offer.Snapshot).State);
        Recover<JournalEntry>(Replay);
        Recover<RecoveryCompleted>(_ => Begin());
        Command<RunCommand>(command => Take(new Pending(command, Sender)));
        Command<Traced>(traced => Take(new Pending(traced.Command, Sender, Trace: traced.Trace)));
        Command<Alone>(alone => Take(new Pending(alone.Command, Sender, Alone: true)));
        Command<RunTimers.TimerFired>(_ => Fire());
        Command<Wake>(_ => WakeUp());
        Command<Known>(Heard);
        Command<TakeBackLate>(_ => TimeIsUp());
        Command<DueAnswer>(Heard);
        Command<LookedUp>(Heard);
        Command<Fetched>(Heard);
        Command<LookUpLate>(_ => AskAgain());
        Command<Kept>(Heard);
        Command<KeepLate>(_ => KeepAgain());
        Command<AskState>(_ => Show());
        Command<AskReport>(_ => Report());
        Command<Follow>(_ => Followed());
        Command<IdleCheck>(_ => CheckIdle());
        Command<StopRun>(_ => Leave());
    }

    public override string PersistenceId { get; }

    public static Props PropsOf(RunId run, RunRooms rooms) => Made<RunActor>.By(() => new RunActor(run, rooms));

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        EngineGauges.RunEntered();
        base.PreStart();
    }

    /// <summary>This incarnation has used up the entry's number and cannot go on; the next one gets its commands.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        EngineMeter.JournalFailures.Add(1);
        _log.Error(cause, "Run {RunId} decided something that cannot be written (entry {Entry})", _run.Id, sequenceNr);
        HandOver(_inbox.TakeRejected(cause.Message, _timers!.Now));
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        EngineMeter.JournalFailures.Add(1);
        _log.Warning(cause, "Run {RunId} stops: entry {Entry} may or may not be stored", _run.Id, sequenceNr);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        _log.Error(reason, "Run {RunId} cannot read its journal after entry {Entry}", _run.Id, LastSequenceNr);

    protected override void PostStop()
    {
        foreach (var asker in _inbox.TakeUnanswered().SelectMany(pending => pending.Askers))
        {
            asker.Tell(Postponed.Now, Self);
        }

        if (!_leaving)
        {
            _rooms.Reviver.Tell(new Fallen(_run.Id));
        }

        _trace.EndEntry("The run has stopped before its entry was known to be stored.");
        EngineGauges.RunLeft();
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
        _isFresh = true;
        if (_run.HasStarted)
        {
            Act(RunEffects.Open(_run));
            Publish(_recoveredFrom ?? RunState.Initial(_run.Id), [.. _replayed.SelectMany(events => events)], recovered: true);
        }

        _recoveredFrom = null;
        _replayed.Clear();
    }

    private void Take(Pending pending)
    {
        if (_isOver)
        {
            HandOn(pending);
            return;
        }

        pending = pending with { IsFirst = _isFresh };
        (_idle, _isFresh) = (false, false);
        if (_inbox.TryJoin(pending) || TryOvertake(pending))
        {
            return;
        }

        pending = pending with { IsLarge = IsLarge(pending.Command) };
        _inbox.Add(pending);
        if (pending.IsLarge)
        {
            KeepLarge();
        }

        Proceed();
    }

    private void Proceed()
    {
        while (!_writing && _asked is null && _inbox.IsReady && _outlet.MayStore(_run.Entries, _timers!.Now))
        {
            DecideWaiting();
        }

        if (!_writing && !_inbox.IsEmpty)
        {
            LookAhead();
        }
    }

    private void DecideWaiting()
    {
        var draft = _run;
        var events = ImmutableArray.CreateBuilder<RunEvent>();
        var answers = new List<(IActorRef To, Accepted Answer)>();
        while (_inbox.TryNext(events.Count, out var pending))
        {
            var span = _trace.Begin(_run.Id, pending);
            var decision = RunDecider.Decide(draft, pending.Command, _atHand, _contents.IsEmpty ? null : _contents);
            if (decision.IsOpen)
            {
                HoldBack(decision, isFirst: answers.Count == 0);
                break;
            }

            if (IsInDoubt(pending, decision))
            {
                ReadAgain(isFirst: answers.Count == 0);
                break;
            }

            ForgetWhatWasFound();
            _trace.Decided(pending, span, decision);
            StaleRunException.ThrowIfSo(_run, decision.Refusal);
            draft = decision.Events.Aggregate(draft, (run, happened) => run.Evolve(happened));
            events.AddRange(decision.Events);
            var answer = pending.AnswerOf(draft, decision.Refusal);
            answers.AddRange(pending.Askers.Select(asker => (asker, answer)));
        }

        if (events.Count == 0)
        {
            _trace.EndEntry();
            Settle(answers);
            return;
        }

        Store(events.DrainToImmutable(), draft.EndEntry(), answers);
    }

    private void Store(ImmutableArray<RunEvent> events, RunState after, List<(IActorRef To, Accepted Answer)> answers)
    {
        _writing = true;
        var entry = new JournalEntry(events, _rooms.Node, _incarnation, _timers!.Now);
        var began = Stopwatch.GetTimestamp();
        PersistAsync(entry, stored =>
        {
            EngineMeter.Stored(began);
            Stored(stored, after, answers);
        });
    }

    private void Stored(JournalEntry entry, RunState after, List<(IActorRef To, Accepted Answer)> answers)
    {
        var before = _run;
        _writing = false;
        _run = after;
        _outlet.Stored(_run.Entries);
        Act(RunEffects.Of(_run, entry.Events).Select(_trace.Caused));
        _trace.EndEntry();
        EngineMeter.Advanced(before, _run);
        Settle(answers);
        Publish(before, entry.Events);
        _followers.Tell(_run);
        Proceed();
    }

    private void Settle(List<(IActorRef To, Accepted Answer)> answers)
    {
        _inbox.EndEntry();
        foreach (var (to, answer) in answers)
        {
            to.Tell(answer, Self);
        }

        if (_leaving && !_writing && _inbox.IsEmpty)
        {
            StopNow();
            return;
        }

        _timers!.Arm(_run.NextDue);
        RestIfDone();
    }

    private void Act(IEnumerable<RunEffect> effects, bool isRepeated = false)
    {
        _outlet.Act(effects, isRepeated);
        LookAhead();
    }
}
