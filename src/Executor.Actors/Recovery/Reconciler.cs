using Akka.Actor;
using Akka.Event;
using Executor.Actors.Runs;
using Executor.Actors.Telemetry;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Recovery;

/// <summary>Finds what nobody is looking after, by index, and tells its run; decides nothing itself.</summary>
/// <remarks>
/// Where there is more than a round looks at, the next one goes on behind what the last one has seen in vain, and begins
/// again at the end: runs that nothing helps, as those whose journal cannot be read, hide no others.
/// </remarks>
public sealed class Reconciler : ReceiveActor, IWithTimers
{
    private const int MostAtOnce = 500;
    private const int MostCounted = 10_000;
    private readonly IDispatchGuard _guard;
    private readonly IDueTimes _dueTimes;
    private readonly EndCourier _ends;
    private readonly IActorRef _region;
    private readonly ReconcilerOptions _options;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stop = new();
    private readonly IScheduler _clock = Context.System.Scheduler;
    private DateTimeOffset _calmSince;
    private bool _busy;
    private DueRun? _lastWoken;
    private int _toldInVain;

    public Reconciler(
        IDispatchGuard guard, IDueTimes dueTimes, EndCourier ends, IActorRef region, ReconcilerOptions options)
    {
        _guard = guard;
        _dueTimes = dueTimes;
        _ends = ends;
        _region = region;
        _options = options;
        _calmSince = _clock.Now;
        Receive<Round>(_ => Begin(), _ => !_busy);
        Receive<Round>(_ => { });
        Receive<RoundDone>(_ => _busy = false);
        Receive<RoundFailed>(failed => GiveTime(failed.Cause));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(
            nameof(Round), Round.Instance, _options.AtOnce ? TimeSpan.Zero : _options.Every, _options.Every);

    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Begin()
    {
        _busy = true;
        var mayExpire = _clock.Now - _calmSince >= _options.Lease;
        var (now, token) = (_clock.Now, _stop.Token);
        Task.Run(() => RoundAsync(now, mayExpire, token), token)
            .PipeTo(Self, Self, _ => RoundDone.Instance, cause => new RoundFailed(cause));
    }

    private async Task<bool> RoundAsync(DateTimeOffset now, bool mayExpire, CancellationToken stop)
    {
        if (mayExpire)
        {
            var expired = await _guard.ExpireAsync(MostAtOnce, stop);
            EngineMeter.Abandoned.Add(expired.Count);
            await _ends.DeliverAsync(expired, stop);
        }

        await TellEndsAsync(stop);
        var stale = await _guard.UnsendStaleAsync(_options.StaleAfter, MostAtOnce, stop);
        EngineMeter.Resent.Add(stale.Count);
        var due = await _dueTimes.DueAsync(now, _lastWoken, MostAtOnce, stop);
        _lastWoken = due.Count == MostAtOnce ? due[^1] : null;
        foreach (var run in stale.Select(row => row.Run).Concat(due.Select(one => one.Run)).Distinct())
        {
            _region.Tell(new ForRun(run, Wake.Up), ActorRefs.NoSender);
        }

        if (EngineGauges.WantsBacklog)
        {
            EngineGauges.Saw(await _guard.BacklogAsync(MostCounted, stop));
        }

        return true;
    }

    private async Task TellEndsAsync(CancellationToken stop)
    {
        var ends = await _guard.UnclosedEndsAsync(_toldInVain, MostAtOnce, stop);
        var closed = await _ends.DeliverAsync(ends, stop);
        _toldInVain = ends.Count == MostAtOnce ? _toldInVain + ends.Count - closed : 0;
    }

    /// <summary>While this node was blind, workers may have renewed in vain: nothing expires for one full lease.</summary>
    private void GiveTime(Exception cause)
    {
        _busy = false;
        _calmSince = _clock.Now;
        _log.Warning(cause, "The reconciler could not finish its round and tries again in {Every}", _options.Every);
    }

    private sealed record Round
    {
        public static readonly Round Instance = new();
    }

    private sealed record RoundDone
    {
        public static readonly RoundDone Instance = new();
    }

    private sealed record RoundFailed(Exception Cause);
}
