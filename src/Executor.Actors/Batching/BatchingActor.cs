using Akka.Actor;
using Akka.Event;

namespace Executor.Actors.Batching;

/// <summary>Gathers what comes while one batch is under way; that is the next batch. A batch that fails is repeated.</summary>
/// <remarks>No timer and no waiting while all goes well: an idle batcher passes the first element on at once.</remarks>
public abstract class BatchingActor<TBatch, TDone> : ReceiveActor, IWithTimers
    where TBatch : class
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IActorRef> _drainers = [];
    private TBatch? _batch;
    private int _failures;

    protected BatchingActor()
    {
        Receive<Done>(done => Finish(done.Answer));
        Receive<Failed>(failed => Pause(failed.Cause));
        Receive<Again>(_ => Begin());
        Receive<Drain>(_ => _drainers.Add(Sender), _ => _batch is not null);
        Receive<Drain>(_ => Sender.Tell(Drained.Instance));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Nothing is under way.</summary>
    protected bool IsIdle => _batch is null;

    protected ILoggingAdapter Log { get; } = Context.GetLogger();

    /// <summary>To be called whenever something has been gathered.</summary>
    protected void Proceed()
    {
        if (_batch is null)
        {
            _batch = TakeBatch();
            Begin();
        }
    }

    /// <returns>Null when nothing waits.</returns>
    protected abstract TBatch? TakeBatch();

    /// <summary>Off the actor's thread; repeated as a whole after any exception, so it must bear repeating.</summary>
    protected abstract Task<TDone> WorkAsync(TBatch batch, CancellationToken stop);

    protected abstract void Finished(TBatch batch, TDone done);

    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
        base.PostStop();
    }

    private void Begin()
    {
        if (_batch is { } batch)
        {
            var token = _stop.Token;
            Task.Run(() => WorkAsync(batch, token), token)
                .PipeTo(Self, Self, done => new Done(done), cause => new Failed(cause));
        }
    }

    private void Finish(TDone answer)
    {
        var batch = _batch!;
        _batch = null;
        _failures = 0;
        Finished(batch, answer);
        Proceed();
        if (_batch is null)
        {
            _drainers.ForEach(waiting => waiting.Tell(Drained.Instance));
            _drainers.Clear();
        }
    }

    private void Pause(Exception cause)
    {
        _failures = Math.Min(_failures + 1, 16);
        var pause = FirstPause * Math.Pow(2, _failures - 1);
        pause = pause < LongestPause ? pause : LongestPause;
        Log.Warning(cause, "{Room} could not finish a batch and tries again in {Pause}", Self.Path.ToStringWithoutAddress(), pause);
        Timers.StartSingleTimer(nameof(Again), Again.Instance, pause);
    }

    private sealed record Done(TDone Answer);

    private sealed record Failed(Exception Cause);

    private sealed record Again
    {
        public static readonly Again Instance = new();
    }
}
