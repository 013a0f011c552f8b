using Executor.Core.Runs;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every guard promises about requests that went out and never arrived.</summary>
public abstract class StaleContract
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task A_sent_row_that_nobody_claims_loses_its_mark_so_that_its_repeated_send_goes_out()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        stores.Time.Advance(Age);
        await stores.Guard.MarkSentAsync([Sample.Id(0)], Never);

        stores.Time.Advance(Age);
        Assert.Empty(await stores.Guard.UnsendStaleAsync(Age, 10, Never));
        stores.Time.Advance(Moment);
        var stale = Assert.Single(await stores.Guard.UnsendStaleAsync(Age, 10, Never));

        Assert.Equal((Sample.Id(0), null), (stale.Id, stale.SentAt));
        var again = Assert.Single(await stores.Guard.ReserveAsync(Sample.Reservations(1), Never));
        Assert.Equal(Core.ReservedState.Unsent, again.State);
    }

    [Fact]
    public async Task A_row_that_was_reserved_and_never_sent_is_answered_too()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);

        stores.Time.Advance(Age + Moment);

        Assert.Single(await stores.Guard.UnsendStaleAsync(Age, 10, Never));
    }

    [Fact]
    public async Task Each_answer_doubles_the_age_up_to_64_times()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        foreach (var times in new[] { 1, 2, 4, 8, 16, 32, 64, 64, 64 })
        {
            stores.Time.Advance(Age * times);
            Assert.Empty(await stores.Guard.UnsendStaleAsync(Age, 10, Never));
            stores.Time.Advance(Moment);
            Assert.Single(await stores.Guard.UnsendStaleAsync(Age, 10, Never));
        }
    }

    [Fact]
    public async Task Claimed_and_ended_rows_are_never_stale()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(3), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never);
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(1, SlotStatus.Failed)], Never);
        await stores.Guard.CloseAsync([Sample.Closing(2)], Never);

        stores.Time.Advance(Age * 99);

        Assert.Empty(await stores.Guard.UnsendStaleAsync(Age, 10, Never));
    }

    [Fact]
    public async Task At_most_the_limit_is_answered_and_the_oldest_news_first()
    {
        await using var stores = await OpenAsync();
        foreach (var item in new[] { 2, 0, 1 })
        {
            await stores.Guard.ReserveAsync([Sample.Reservation(item)], Never);
            stores.Time.Advance(Moment);
        }

        stores.Time.Advance(Age);

        var first = await stores.Guard.UnsendStaleAsync(Age, 2, Never);
        Assert.Equal([0, 2], first.Select(row => row.Slot.Item).Order());
        var rest = await stores.Guard.UnsendStaleAsync(Age, 2, Never);
        Assert.Equal([1], rest.Select(row => row.Slot.Item));
    }
}
