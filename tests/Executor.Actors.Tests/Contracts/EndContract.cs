using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every guard promises about ends: withdrawn, expired, closed.</summary>
public abstract class EndContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task A_withdrawal_ends_what_nobody_has_claimed_and_loses_against_a_claim()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(2), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(1)], Sample.Lease, Never);

        var rows = await stores.Guard.WithdrawAsync([Sample.Withdrawal(1), Sample.Withdrawal(0)], Never);

        Assert.Equal([Sample.Id(1), Sample.Id(0)], rows.Select(row => row.Id));
        Assert.Equal([SlotStatus.Running, SlotStatus.Cancelled], rows.Select(row => row.Status));
        Assert.Equal("w1", rows[0].Worker);
    }

    [Fact]
    public async Task The_backlog_tells_what_each_row_waits_for_and_counts_no_more_than_asked()
    {
        await using var stores = await OpenAsync();
        Assert.Equal(new GuardBacklog(0, 0, 0, 0), await stores.Guard.BacklogAsync(100, Never));
        await stores.Guard.ReserveAsync(Sample.Reservations(7), Never);
        stores.Time.Advance(TimeSpan.FromSeconds(1));
        await stores.Guard.MarkSentAsync([Sample.Id(0), Sample.Id(1), Sample.Id(2), Sample.Id(3)], Never);
        await stores.Guard.GrantsAsync([Sample.Claim(0), Sample.Claim(1)], Sample.Lease, Never);
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(6)], Never);

        Assert.Equal(new GuardBacklog(Unsent: 2, Unclaimed: 2, Running: 2, Unclosed: 1), await stores.Guard.BacklogAsync(100, Never));
        Assert.Equal(new GuardBacklog(Unsent: 1, Unclaimed: 0, Running: 1, Unclosed: 1), await stores.Guard.BacklogAsync(1, Never));
        await stores.Guard.CloseAsync([Sample.Closing(0), Sample.Closing(6)], Never);
        Assert.Equal(new GuardBacklog(Unsent: 2, Unclaimed: 2, Running: 1, Unclosed: 0), await stores.Guard.BacklogAsync(100, Never));
    }

    [Fact]
    public async Task A_withdrawal_of_a_missing_row_adds_it_as_ended_and_its_late_reservation_is_settled()
    {
        await using var stores = await OpenAsync();

        var row = Assert.Single(
            await stores.Guard.WithdrawAsync([Sample.Withdrawal(0, SlotStatus.Timeout)], Never));

        Assert.Equal((SlotStatus.Timeout, 0L, false), (row.Status, row.Entry, row.Closed));
        var late = Assert.Single(await stores.Guard.ReserveAsync([Sample.Reservation(0, entry: 7)], Never));
        Assert.Equal(ReservedState.Settled, late.State);
        Assert.Equal([false], await stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never));
        Assert.Equal(7, Assert.Single(await stores.Guard.RowsAsync(Sample.Run, Never)).Entry);
    }

    [Fact]
    public async Task A_repeated_withdrawal_answers_the_first_end()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(0, SlotStatus.Timeout)], Never);

        var again = await stores.Guard.WithdrawAsync([Sample.Withdrawal(0, SlotStatus.Cancelled)], Never);

        Assert.Equal(SlotStatus.Timeout, Assert.Single(again).Status);
    }

    [Fact]
    [Trait("lesson", "1.7")]
    public async Task A_lease_that_has_passed_ends_the_row_as_abandoned_once()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(3), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(1)], Sample.Lease, Never);
        stores.Time.Advance(TimeSpan.FromSeconds(1));
        await stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never);

        stores.Time.Advance(Sample.Lease - TimeSpan.FromSeconds(1));
        Assert.Empty(await stores.Guard.ExpireAsync(10, Never));
        stores.Time.Advance(TimeSpan.FromSeconds(2));
        var expired = await stores.Guard.ExpireAsync(10, Never);

        Assert.Equal([Sample.Id(1), Sample.Id(0)], expired.Select(row => row.Id));
        Assert.All(expired, row => Assert.Equal(SlotStatus.Abandoned, row.Status));
        Assert.Empty(await stores.Guard.ExpireAsync(10, Never));
    }

    [Fact]
    public async Task Expiring_takes_at_most_the_limit_and_the_longest_past_first()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(5), Never);
        foreach (var item in new[] { 3, 1, 4, 0, 2 })
        {
            await stores.Guard.GrantsAsync([Sample.Claim(item)], Sample.Lease, Never);
            stores.Time.Advance(TimeSpan.FromSeconds(1));
        }

        stores.Time.Advance(Sample.Lease);

        Assert.Equal([3, 1], (await stores.Guard.ExpireAsync(2, Never)).Select(row => row.Slot.Item));
        Assert.Equal([4, 0, 2], (await stores.Guard.ExpireAsync(9, Never)).Select(row => row.Slot.Item));
    }

    [Fact]
    public async Task Abandoning_takes_running_rows_whatever_their_lease_and_no_others()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(4), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(0), Sample.Claim(1), Sample.Claim(2)], Sample.Lease, Never);
        await stores.Guard.CloseAsync([Sample.Closing(2)], Never);

        var first = await stores.Guard.AbandonRunningAsync(1, Never);
        var second = await stores.Guard.AbandonRunningAsync(10, Never);

        Assert.Equal([0, 1], first.Concat(second).Select(row => row.Slot.Item).Order());
        Assert.All(first.Concat(second), row => Assert.Equal(SlotStatus.Abandoned, row.Status));
        Assert.Empty(await stores.Guard.AbandonRunningAsync(10, Never));
    }

    [Fact]
    public async Task Ends_are_told_again_oldest_first_until_they_are_closed()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(4), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(3)], Sample.Lease, Never);
        stores.Time.Advance(Sample.Lease * 2);
        await stores.Guard.ExpireAsync(10, Never);
        stores.Time.Advance(TimeSpan.FromSeconds(1));
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(1)], Never);
        stores.Time.Advance(TimeSpan.FromSeconds(1));
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(0)], Never);

        Assert.Equal([3, 1], (await stores.Guard.UnclosedEndsAsync(0, 2, Never)).Select(row => row.Slot.Item));
        Assert.Equal([3, 1, 0], (await stores.Guard.UnclosedEndsAsync(0, 9, Never)).Select(row => row.Slot.Item));
        Assert.Equal([1, 0], (await stores.Guard.UnclosedEndsAsync(1, 9, Never)).Select(row => row.Slot.Item));

        await stores.Guard.CloseAsync([Sample.Closing(1, SlotStatus.Cancelled)], Never);
        Assert.Equal([3, 0], (await stores.Guard.UnclosedEndsAsync(0, 9, Never)).Select(row => row.Slot.Item));
    }

    [Theory]
    [InlineData(SlotStatus.Completed)]
    [InlineData(SlotStatus.Failed)]
    [InlineData(SlotStatus.Timeout)]
    [InlineData(SlotStatus.Cancelled)]
    [InlineData(SlotStatus.Abandoned)]
    public async Task Closing_gives_a_running_row_the_status_of_the_journal(SlotStatus status)
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never);

        await stores.Guard.CloseAsync([Sample.Closing(0, status)], Never);

        var row = Assert.Single(await stores.Guard.RowsAsync(Sample.Run, Never));
        Assert.Equal((status, true), (row.Status, row.Closed));
        Assert.Empty(await stores.Guard.UnclosedEndsAsync(0, 9, Never));
        Assert.Empty(await stores.Guard.AbandonRunningAsync(9, Never));
    }

    [Theory]
    [InlineData(SlotStatus.Cancelled, SlotStatus.Timeout)]
    [InlineData(SlotStatus.Timeout, SlotStatus.Cancelled)]
    [InlineData(SlotStatus.Failed, SlotStatus.Timeout)]
    public async Task What_the_run_has_journaled_wins_over_a_withdrawal(SlotStatus withdrawn, SlotStatus journaled)
    {
        await using var stores = await OpenAsync();
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(0, withdrawn)], Never);

        await stores.Guard.CloseAsync([Sample.Closing(0, journaled)], Never);

        var row = Assert.Single(await stores.Guard.RowsAsync(Sample.Run, Never));
        Assert.Equal((journaled, true), (row.Status, row.Closed));
    }

    [Fact]
    public async Task A_result_that_the_run_has_journaled_wins_over_a_lease_that_passed_meanwhile()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never);
        stores.Time.Advance(Sample.Lease * 2);
        await stores.Guard.ExpireAsync(10, Never);

        await stores.Guard.CloseAsync([Sample.Closing(0, SlotStatus.Completed)], Never);

        var row = Assert.Single(await stores.Guard.RowsAsync(Sample.Run, Never));
        Assert.Equal(SlotStatus.Completed, row.Status);
    }

    [Fact]
    [Trait("lesson", "5.7")]
    public async Task A_closed_row_never_changes()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never);
        await stores.Guard.CloseAsync([Sample.Closing(0)], Never);
        var closed = await stores.Guard.RowsAsync(Sample.Run, Never);

        stores.Time.Advance(Sample.Lease * 9);
        await stores.Guard.ReserveAsync([Sample.Reservation(0)], Never);
        await stores.Guard.MarkSentAsync([Sample.Id(0)], Never);
        await stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never);
        await stores.Guard.RenewAsync([Sample.Renewal(0)], Sample.Lease, Never);
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(0)], Never);
        await stores.Guard.ExpireAsync(9, Never);
        await stores.Guard.UnsendStaleAsync(TimeSpan.Zero, 9, Never);
        await stores.Guard.CloseAsync([Sample.Closing(0, SlotStatus.Failed)], Never);

        Assert.Equal(closed, await stores.Guard.RowsAsync(Sample.Run, Never));
    }

    [Fact]
    public async Task Closing_what_does_not_exist_adds_nothing()
    {
        await using var stores = await OpenAsync();

        await stores.Guard.CloseAsync([Sample.Closing(0)], Never);

        Assert.Empty(await stores.Guard.RowsAsync(Sample.Run, Never));
    }
}
