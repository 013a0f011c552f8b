using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Executor.Actors.Tests.Engine;

/// <summary>Waits for what must become true.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task IsAsync(
        Func<Task<bool>> condition, CancellationToken stop,
        [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < Limit, $"Still not so after {Limit}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(2), stop);
        }
    }

    public static Task IsAsync(
        Func<bool> condition, CancellationToken stop, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        IsAsync(() => Task.FromResult(condition()), stop, what);

    /// <returns>The first one that will do.</returns>
    public static async Task<T> GetAsync<T>(Func<Task<T>> get, Func<T, bool> isIt)
    {
        var got = await get();
        await IsAsync(
            async () => isIt(got) || isIt(got = await get()), CancellationToken.None, "an answer that will do");
        return got;
    }
}
