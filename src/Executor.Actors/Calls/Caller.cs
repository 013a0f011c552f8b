using Akka.Actor;
using Akka.Event;
using Executor.Actors.Batching;
using Executor.Actors.Dispatching;
using Executor.Core.Runs;

namespace Executor.Actors.Calls;

/// <summary>Brings what runs have to say to other runs, each until it is accepted there.</summary>
/// <remarks>
/// In memory only: a run that wakes elsewhere, or doubts, says it again. What a run says later about the same call takes
/// the place of what it said before.
/// </remarks>
internal sealed class Caller : ReceiveActor, IWithTimers
{
    private const int MostInHand = 500;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Messenger _messenger;
    private readonly TimeSpan _pause;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<Key, Message> _open = [];
    private readonly Queue<Key> _waiting = new();
    private readonly List<IActorRef> _drainers = [];
    private int _inHand;

    /// <param name="pause">Before the second try; doubles with each further one.</param>
    public Caller(Messenger messenger, TimeSpan pause)
    {
        _messenger = messenger;
        _pause = pause;
        Receive<ToOthers>(Gather);
        Receive<Brought>(Hear);
        Receive<Again>(again => Queue(again.Key));
        Receive<Drain>(_ => _drainers.Add(Sender), _ => _inHand > 0);
        Receive<Drain>(_ => Sender.Tell(Drained.Instance));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Gather(ToOthers message)
    {
        foreach (var effect in message.Effects)
        {
            var key = Key.Of(message.Run, effect);
            if (!_open.TryGetValue(key, out var open))
            {
                open = new Message(message.Run, effect, Sender);
                _open.Add(key, open);
            }

            open.Say(effect, Sender);
            _waiting.Enqueue(key);
        }

        Proceed();
    }

    private void Queue(Key key)
    {
        _waiting.Enqueue(key);
        Proceed();
    }

    private void Proceed()
    {
        while (_inHand < MostInHand && _waiting.TryDequeue(out var key))
        {
            if (_open.TryGetValue(key, out var message) && !message.IsInHand)
            {
                Bring(key, message);
            }
        }
    }

    private void Bring(Key key, Message message)
    {
        message.IsInHand = true;
        _inHand++;
        var (version, effect, token) = (message.Version, message.Effect, _stop.Token);
        Task.Run(() => _messenger.BringAsync(message.Run, effect, token), token).PipeTo(
            Self, Self, done => new Brought(key, version, done, null), cause => new Brought(key, version, false, cause));
    }

    private void Hear(Brought brought)
    {
        _inHand--;
        var message = _open[brought.Key];
        message.IsInHand = false;
        if (message.Version != brought.Version)
        {
            _waiting.Enqueue(brought.Key);
        }
        else if (brought.Done)
        {
            _open.Remove(brought.Key);
            message.Asker.Tell(new Known([brought.Key.Id]), ActorRefs.NoSender);
        }
        else
        {
            Postpone(brought, message);
        }

        Proceed();
        if (_inHand == 0)
        {
            _drainers.ForEach(waiting => waiting.Tell(Drained.Instance));
            _drainers.Clear();
        }
    }

    private void Postpone(Brought brought, Message message)
    {
        message.Failures = Math.Min(message.Failures + 1, 16);
        var pause = _pause * Math.Pow(2, message.Failures - 1);
        pause = pause < LongestPause ? pause : LongestPause;
        if (brought.Cause is { } cause)
        {
            _log.Warning(cause, "Run {RunId} could not tell another and tries again in {Pause}", message.Run, pause);
        }
        else
        {
            _log.Info("Run {RunId} was not heard by another and tries again in {Pause}", message.Run, pause);
        }

        Timers.StartSingleTimer(brought.Key, new Again(brought.Key), pause);
    }

    /// <param name="Id">Of the call, whoever speaks of it.</param>
    /// <param name="IsEnd">The called run speaks, not the calling one: both may live here.</param>
    private sealed record Key(DispatchId Id, bool IsEnd)
    {
        public static Key Of(RunId run, RunEffect effect) => effect is RunEffect.Call call
            ? new Key(call.Run.ToCall(), IsEnd: false)
            : new Key(run.ToCall(), IsEnd: true);
    }

    private sealed class Message(RunId run, RunEffect effect, IActorRef asker)
    {
        public RunId Run { get; } = run;

        public RunEffect Effect { get; private set; } = effect;

        public IActorRef Asker { get; private set; } = asker;

        /// <summary>How often it was said.</summary>
        public int Version { get; private set; }

        public int Failures { get; set; }

        public bool IsInHand { get; set; }

        public void Say(RunEffect effect, IActorRef asker)
        {
            (Effect, Asker, Failures) = (effect, asker, 0);
            Version++;
        }
    }

    private sealed record Brought(Key Key, int Version, bool Done, Exception? Cause);

    private sealed record Again(Key Key);
}
