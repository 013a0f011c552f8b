using Executor.Actors.Tests.Fakes;
using Executor.Actors.Tests.Servers;
using Executor.Core;
using Executor.Storage.Postgres;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every keeper of a cluster's charter promises.</summary>
public abstract class CharterContract : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected IClusterCharter Charter { get; set; } = null!;

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task There_is_no_cluster_until_somebody_founds_one_and_he_is_alone_in_it()
    {
        Assert.Null(await Charter.ReadAsync(Never));

        Assert.True(await Charter.FoundAsync("a", "n1", null, Never));

        Assert.Equal(("a", "n1"), await FoundedAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_many_who_found_one_at_the_same_time_one_does(bool inThePlaceOfAnother)
    {
        if (inThePlaceOfAnother)
        {
            await Charter.FoundAsync("old", "n0", null, Never);
        }

        var seen = await Charter.ReadAsync(Never);
        var won = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(n => Task.Run(() => Charter.FoundAsync($"c{n}", $"n{n}", seen, Never))));

        var winner = Array.IndexOf(won, true);
        Assert.Single(won, one => one);
        Assert.Equal(($"c{winner}", $"n{winner}"), await FoundedAsync());
    }

    [Fact]
    public async Task None_is_founded_in_the_place_of_one_that_lives_or_is_another_than_the_one_seen()
    {
        await Charter.FoundAsync("a", "n1", null, Never);
        var seen = await Charter.ReadAsync(Never);
        await Charter.RenewAsync("a", null, Never);
        var now = await Charter.ReadAsync(Never);

        Assert.False(await Charter.FoundAsync("b", "n2", null, Never));
        Assert.False(await Charter.FoundAsync("b", "n2", seen, Never));
        Assert.False(await Charter.FoundAsync("b", "n2", now! with { Id = "c" }, Never));
        Assert.Equal(now, await Charter.ReadAsync(Never));
    }

    [Fact]
    public async Task A_founding_whose_answer_was_lost_is_repeated_without_losing_to_itself()
    {
        await Charter.FoundAsync("a", "n1", null, Never);
        var seen = await Charter.ReadAsync(Never);
        await Charter.FoundAsync("b", "n2", seen, Never);

        Assert.True(await Charter.FoundAsync("b", "n2", seen, Never));
        Assert.False(await Charter.FoundAsync("c", "n3", seen, Never));
        Assert.Equal(("b", "n2"), await FoundedAsync());
    }

    [Fact]
    public async Task Each_renewal_moves_the_beat_and_says_whether_there_is_one_member_only()
    {
        await Charter.FoundAsync("a", "n1", null, Never);
        var first = await Charter.ReadAsync(Never);

        Assert.True(await Charter.RenewAsync("a", null, Never));
        var second = await Charter.ReadAsync(Never);
        Assert.True(await Charter.RenewAsync("a", "n3", Never));
        var third = await Charter.ReadAsync(Never);

        Assert.Equal(3, new[] { first!.Beat, second!.Beat, third!.Beat }.Distinct().Count());
        Assert.Equal(("a", null, "a", "n3"), (second.Id, second.Alone, third.Id, third.Alone));
    }

    [Fact]
    public async Task Whoever_is_of_another_cluster_can_neither_renew_nor_release_and_learns_it()
    {
        Assert.False(await Charter.RenewAsync("b", null, Never));
        await Charter.FoundAsync("a", "n1", null, Never);
        var before = await Charter.ReadAsync(Never);

        Assert.False(await Charter.RenewAsync("b", null, Never));
        await Charter.ReleaseAsync("b", Never);

        Assert.Equal(before, await Charter.ReadAsync(Never));
    }

    [Fact]
    public async Task What_was_released_is_gone_and_anybody_founds_the_next_one()
    {
        await Charter.FoundAsync("a", "n1", null, Never);
        var seen = await Charter.ReadAsync(Never);

        await Charter.ReleaseAsync("a", Never);

        Assert.Null(await Charter.ReadAsync(Never));
        Assert.False(await Charter.RenewAsync("a", null, Never));
        Assert.True(await Charter.FoundAsync("b", "n2", seen, Never));
    }

    private async Task<(string, string?)> FoundedAsync() =>
        (await Charter.ReadAsync(Never)) is { } found ? (found.Id, found.Alone) : default;
}

public sealed class InMemoryCharterTests : CharterContract
{
    public override Task InitializeAsync()
    {
        Charter = new InMemoryCharter();
        return Task.CompletedTask;
    }

    public override Task DisposeAsync() => Task.CompletedTask;
}

public sealed class PostgresCharterTests : CharterContract
{
    private TestNode _node = null!;
    private PostgresStores _stores = null!;

    public override async Task InitializeAsync()
    {
        _node = await TestNode.MadeAsync();
        _stores = await PostgresStores.OpenAsync(_node.Options, CancellationToken.None);
        Charter = _stores.Charter;
    }

    public override async Task DisposeAsync()
    {
        await _stores.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Where_nobody_could_renew_it_it_cannot_be_read()
    {
        await using var standby = await PostgresStores.OpenAsync(
            _node.Options with
            {
                Connection = _node.Options.Connection + ";Options=-c default_transaction_read_only=on",
                RepeatFor = TimeSpan.Zero,
            },
            CancellationToken.None);

        await Assert.ThrowsAsync<StorageException>(() => standby.Charter.ReadAsync(CancellationToken.None));
    }
}
