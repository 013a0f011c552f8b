using Executor.Core.Runs;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every store of due times promises.</summary>
public abstract class DueTimesContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task Runs_are_due_at_their_time_and_not_before_earliest_first()
    {
        await using var stores = await OpenAsync();
        await SetAsync(stores, ("late", 3), ("early", 1), ("middle", 2));

        Assert.Empty(await DueAsync(stores, Stores.Noon.AddSeconds(1).AddMicroseconds(-1)));
        Assert.Equal(["early"], await DueAsync(stores, Stores.Noon.AddSeconds(1)));
        Assert.Equal(["early", "middle", "late"], await DueAsync(stores, Stores.Noon.AddSeconds(99)));
        Assert.Equal(["early", "middle"], await DueAsync(stores, Stores.Noon.AddSeconds(99), limit: 2));
    }

    [Fact]
    public async Task A_run_has_one_time_the_last_one_set()
    {
        await using var stores = await OpenAsync();
        await SetAsync(stores, ("a", 1), ("b", 2));
        await SetAsync(stores, ("a", 5), ("a", 3));

        Assert.Equal(["b"], await DueAsync(stores, Stores.Noon.AddSeconds(2)));
        Assert.Equal(["b", "a"], await DueAsync(stores, Stores.Noon.AddSeconds(3)));
    }

    [Fact]
    public async Task A_due_run_stays_due_until_its_time_is_set_anew_or_removed()
    {
        await using var stores = await OpenAsync();
        await SetAsync(stores, ("a", 1), ("b", 1));
        Assert.Equal(["a", "b"], await DueAsync(stores, Stores.Noon.AddSeconds(1)));

        await SetAsync(stores, ("a", null), ("nobody", null), ("b", 9));

        Assert.Empty(await DueAsync(stores, Stores.Noon.AddSeconds(1)));
        Assert.Equal(["b"], await DueAsync(stores, Stores.Noon.AddSeconds(9)));
    }

    private static Task SetAsync(Stores stores, params (string Run, int? Seconds)[] times) => stores.DueTimes.SetAsync(
        [
            .. times.Select(time => (
                new RunId(time.Run),
                time.Seconds is { } seconds ? Stores.Noon.AddSeconds(seconds) : (DateTimeOffset?)null)),
        ],
        Never);

    private static async Task<IEnumerable<string>> DueAsync(Stores stores, DateTimeOffset now, int limit = 100) =>
        (await stores.DueTimes.DueAsync(now, limit, Never)).Select(run => run.Text);
}
