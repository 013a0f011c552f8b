namespace Executor.Host.Watching;

/// <summary>The pace of redrawing.</summary>
internal static class Ticks
{
    /// <summary>Returns at the next tick, or at the end, without complaint.</summary>
    public static async Task NextAsync(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            // The end is what was waited for as well.
        }
    }
}
