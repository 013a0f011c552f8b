using System.Collections.Concurrent;
using Executor.Worker.Actions;

namespace Executor.Integration.Tests.Workers;

/// <summary>An action that tells when it starts and ends when the test wants it to.</summary>
internal sealed class Probe : IActionRunner
{
    private readonly TaskCompletionSource<ActionResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private int _most;

    /// <summary>Whether it goes on although it was told to stop.</summary>
    public bool IsDeaf { get; init; }

    public ConcurrentQueue<ActionContext> Started { get; } = new();

    public int Running => _running;

    public int MostAtATime => _most;

    public void End(ActionResult result) => _end.TrySetResult(result);

    public Task StartsAsync() => Wait.UntilAsync(() => !Started.IsEmpty, "the action starts");

    public async Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop)
    {
        Started.Enqueue(context);
        var now = Interlocked.Increment(ref _running);
        InterlockedMax(now);
        try
        {
            return await _end.Task.WaitAsync(IsDeaf ? CancellationToken.None : stop);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private void InterlockedMax(int value)
    {
        int seen;
        while ((seen = _most) < value && Interlocked.CompareExchange(ref _most, value, seen) != seen)
        {
        }
    }
}
