namespace Executor.Actors.Tests.Contracts;

/// <summary>The clock that stores go by, moved by hand.</summary>
public sealed class Clock(Action<TimeSpan> advance)
{
    public void Advance(TimeSpan by) => advance(by);
}
