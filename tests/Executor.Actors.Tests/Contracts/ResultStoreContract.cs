using System.Text;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every store promises about results that are too large for the journal.</summary>
public abstract class ResultStoreContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task What_was_stored_is_fetched_byte_for_byte_in_the_order_asked()
    {
        await using var stores = await OpenAsync();
        var (small, large) = (Row(1, "\"ü\\u0000\""), Row(2, $"\"{new string('x', 3 << 20)}\""));
        await stores.Results.StoreAsync([small, large], Never);

        var fetched = await stores.Results.FetchAsync([large.Id, small.Id, large.Id], Never);

        Assert.Equal(
            [Text(large.Json), Text(small.Json), Text(large.Json)], fetched.Select(json => Text(json!.Value)));
    }

    [Fact]
    public async Task There_is_nothing_of_what_was_never_stored()
    {
        await using var stores = await OpenAsync();
        await stores.Results.StoreAsync([Row(1, "1")], Never);

        var fetched = await stores.Results.FetchAsync([Row(3, "").Id, Row(1, "").Id, Row(2, "").Id], Never);

        Assert.Equal([false, true, false], fetched.Select(json => json is not null));
    }

    [Fact]
    public async Task Storing_again_changes_nothing_also_within_a_batch_and_by_another_run()
    {
        await using var stores = await OpenAsync();
        await stores.Results.StoreAsync([Row(1, "[1]"), Row(1, "[1]"), Row(2, "[2]")], Never);
        await stores.Results.StoreAsync([Row(1, "[1]", "run-2"), Row(3, "[3]")], Never);

        var fetched = await stores.Results.FetchAsync([Row(1, "").Id, Row(2, "").Id, Row(3, "").Id], Never);

        Assert.Equal(["[1]", "[2]", "[3]"], fetched.Select(json => Text(json!.Value)));
    }

    [Fact]
    public async Task Many_who_store_the_same_at_the_same_time_do_not_wait_for_each_other_for_ever()
    {
        await using var stores = await OpenAsync();
        var rows = Enumerable.Range(0, IResultStore.BatchLimit).Select(number => Row(number, $"[{number}]")).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => stores.Results.StoreAsync(
            [.. number % 2 == 0 ? rows : Enumerable.Reverse(rows)], Never)));

        var fetched = await stores.Results.FetchAsync([.. rows.Select(row => row.Id)], Never);
        Assert.Equal(rows.Select(row => Text(row.Json)), fetched.Select(json => Text(json!.Value)));
    }

    private static ResultRow Row(int number, string json, string run = "run-1") =>
        new($"{number:x64}", new RunId(run), Encoding.UTF8.GetBytes(json));

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
