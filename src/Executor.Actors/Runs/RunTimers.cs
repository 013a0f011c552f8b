using Akka.Actor;

namespace Executor.Actors.Runs;

/// <summary>One timer for whatever is due next.</summary>
/// <remarks>
/// A due time that moves away leaves the timer as it is: it fires early, once, and is set again. So the thousands of
/// deadlines of a busy run, each later than the one before, cost nothing.
/// </remarks>
internal sealed class RunTimers(ITimerScheduler timers, IScheduler clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private DateTimeOffset? _armed;

    public DateTimeOffset Now => clock.Now;

    public void Arm(DateTimeOffset? due)
    {
        if (due is not { } at || (_armed is { } armed && armed <= at))
        {
            return;
        }

        var wait = at - clock.Now;
        wait = wait > Longest ? Longest : wait < Shortest ? Shortest : wait;
        _armed = clock.Now + wait;
        timers.StartSingleTimer(nameof(TimerFired), TimerFired.Instance, wait);
    }

    public void Fired() => _armed = null;

    public sealed record TimerFired
    {
        public static readonly TimerFired Instance = new();
    }
}
