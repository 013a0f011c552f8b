using Akka.Actor;
using Executor.Actors.Runs;
using Executor.Core.Runs;

namespace Executor.Actors.Cluster;

/// <param name="Run">Has stopped without being asked to, perhaps with sends open.</param>
public sealed record Fallen(RunId Run);

/// <summary>
/// A shard forgets an entity that stops by itself. This lets its journal be read again, wherever it then lives, after a
/// pause that grows while it keeps falling; a run that was read begins by repeating what is open.
/// </summary>
/// <remarks>
/// It is asked how it stands, not woken: when the journal could not be read, it may have been asked for by somebody who
/// has invented it, and a wake, which takes it for one whose start was announced, would leave an entry in its journal.
/// </remarks>
public sealed class Reviver : ReceiveActor, IWithTimers
{
    private const int Most = 100_000;
    private readonly Lazy<IActorRef> _region;
    private readonly TimeSpan _firstPause;
    private readonly TimeSpan _longestPause;
    private readonly Dictionary<RunId, (int Failures, DateTimeOffset At)> _fallen = [];

    public Reviver(Lazy<IActorRef> region, TimeSpan firstPause, TimeSpan longestPause)
    {
        _region = region;
        _firstPause = firstPause;
        _longestPause = longestPause;
        Receive<Fallen>(fallen => Note(fallen.Run));
        Receive<Revive>(revive => _region.Value.Tell(new ForRun(revive.Run, AskReport.Now), ActorRefs.NoSender));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private void Note(RunId run)
    {
        var now = Context.System.Scheduler.Now;
        var before = _fallen.GetValueOrDefault(run);
        var failures = now - before.At > _longestPause * 2 ? 1 : Math.Min(before.Failures + 1, 16);
        if (_fallen.Count >= Most)
        {
            // Only the length of pauses is forgotten; the reconciler would find the runs anyway.
            _fallen.Clear();
        }

        _fallen[run] = (failures, now);
        var pause = _firstPause * Math.Pow(2, failures - 1);
        Timers.StartSingleTimer(run, new Revive(run), pause < _longestPause ? pause : _longestPause);
    }

    private sealed record Revive(RunId Run);
}
