using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Executor.Actors.Configuration;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>Holds the living runs of a process and speaks the messages of a shard region, which replaces it in a cluster.</summary>
/// <remarks>
/// A run that fails is stopped, never restarted in place: its state may be behind its journal. It comes back after a
/// pause that grows with each failure, whether or not a message waits for it, because it may have open sends.
/// </remarks>
public sealed class RunRegion : ReceiveActor, IWithTimers
{
    private const int MostWaiting = 10_000;
    private readonly Func<RunId, Props> _props;
    private readonly Func<RunId, bool> _minds;
    private readonly TimeSpan _firstPause;
    private readonly TimeSpan _longestPause;
    private readonly HashSet<RunId> _called = [];
    private readonly Dictionary<string, Resident> _residents = new(StringComparer.Ordinal);
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <param name="minds">What comes for other runs, and not for those that these call, is for another time.</param>
    public RunRegion(Func<RunId, Props> props, Func<RunId, bool> minds, TimeSpan firstPause, TimeSpan longestPause)
    {
        _props = props;
        _minds = minds;
        _firstPause = firstPause;
        _longestPause = longestPause;
        Receive<ForRun>(message => Deliver(message.Run, message.Content));
        Receive<Passivate>(passivate => LetGo(Sender, passivate.StopMessage));
        Receive<Terminated>(ended => Gone(ended.ActorRef));
        Receive<ComeBack>(back => Return(back.Run));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props PropsOf(
        Func<RunId, Props> props, Func<RunId, bool> minds, TimeSpan firstPause, TimeSpan longestPause) =>
        Made<RunRegion>.By(() => new RunRegion(props, minds, firstPause, longestPause));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Deliver(RunId run, object message)
    {
        if (!Minds(run) && !IsCalled(run, message))
        {
            Sender.Tell(Postponed.Now);
            return;
        }

        if (!_residents.TryGetValue(run.Text, out var resident))
        {
            resident = new Resident(run);
            _residents.Add(run.Text, resident);
            Start(resident);
        }

        if (resident.Actor is { } actor && !resident.IsLeaving)
        {
            actor.Forward(message);
        }
        else if (resident.Waiting.Count < MostWaiting)
        {
            resident.Waiting.Enqueue((message, Sender));
        }
        else
        {
            _log.Warning("Run {RunId} is away and {Count} messages wait for it: one more is dropped", run, MostWaiting);
        }
    }

    private bool Minds(RunId run) => _minds(run) || _called.Contains(run);

    /// <summary>Whoever minds a run minds what it calls.</summary>
    private bool IsCalled(RunId run, object message)
    {
        var start = ((message as Traced)?.Command ?? message) as RunCommand.Start;
        return start?.Parent is { } parent && Minds(parent.Run) && _called.Add(run);
    }

    private void LetGo(IActorRef child, object stopMessage)
    {
        if (_residents.TryGetValue(child.Path.Name, out var resident) && child.Equals(resident.Actor)
            && !resident.IsLeaving)
        {
            resident.IsLeaving = true;
            child.Tell(stopMessage);
        }
    }

    private void Gone(IActorRef child)
    {
        if (!_residents.TryGetValue(child.Path.Name, out var resident) || !child.Equals(resident.Actor))
        {
            return;
        }

        resident.Actor = null;
        if (!resident.IsLeaving)
        {
            Timers.StartSingleTimer(resident.Run, new ComeBack(resident.Run), PauseAfter(resident));
            return;
        }

        resident.IsLeaving = false;
        if (resident.Waiting.Count == 0)
        {
            _residents.Remove(resident.Run.Text);
        }
        else
        {
            Start(resident);
        }
    }

    private void Return(RunId run)
    {
        if (_residents.TryGetValue(run.Text, out var resident) && resident.Actor is null)
        {
            Start(resident);
        }
    }

    private void Start(Resident resident)
    {
        var actor = Context.ActorOf(_props(resident.Run), resident.Run.Text);
        Context.Watch(actor);
        resident.Actor = actor;
        resident.StartedAt = Context.System.Scheduler.Now;
        while (resident.Waiting.TryDequeue(out var waiting))
        {
            actor.Tell(waiting.Message, waiting.Sender);
        }
    }

    private TimeSpan PauseAfter(Resident resident)
    {
        var lived = Context.System.Scheduler.Now - resident.StartedAt;
        resident.Failures = lived > _longestPause ? 0 : Math.Min(resident.Failures + 1, 16);
        var pause = _firstPause * Math.Pow(2, Math.Max(resident.Failures - 1, 0));
        return pause < _longestPause ? pause : _longestPause;
    }

    private sealed record ComeBack(RunId Run);

    private sealed class Resident(RunId run)
    {
        public RunId Run { get; } = run;

        public IActorRef? Actor { get; set; }

        public bool IsLeaving { get; set; }

        public int Failures { get; set; }

        public DateTimeOffset StartedAt { get; set; }

        public Queue<(object Message, IActorRef Sender)> Waiting { get; } = new();
    }
}
