namespace Executor.Worker.Attempts;

/// <summary>
/// Twice as long each time, up to a longest, with a random quarter off so that many do not come at once.
/// </summary>
internal sealed class GrowingPause(WorkerOptions options, TimeProvider time)
{
    private TimeSpan _next = options.FirstPause;

    public void Reset() => _next = options.FirstPause;

    public Task WaitAsync(CancellationToken stop)
    {
        var pause = _next * (0.75 + (Random.Shared.NextDouble() / 4));
        _next = _next * 2 < options.LongestPause ? _next * 2 : options.LongestPause;
        return Task.Delay(pause, time, stop);
    }
}
