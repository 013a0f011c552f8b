namespace Executor.Integration.Tests.Workers;

/// <summary>Waits for conditions, never for a length of time.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"Waited in vain until {what}.");
            await Task.Delay(1, CancellationToken.None);
        }
    }

    public static Task<T> ForAsync<T>(Task<T> task) => task.WaitAsync(Patience);

    public static Task ForAsync(Task task) => task.WaitAsync(Patience);
}
