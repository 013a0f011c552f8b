namespace Executor.Integration.Tests.Cli;

/// <summary>Waits for what another process does.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public static async Task ForAsync(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(Look);
        while (!condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited {Patience} for {what}.");
            }
        }
    }
}
