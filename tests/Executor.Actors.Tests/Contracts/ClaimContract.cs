using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every guard promises to workers.</summary>
public abstract class ClaimContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task A_claim_makes_the_row_running_for_its_worker_until_the_lease_ends()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);

        Assert.True(await ClaimAsync(stores, "c1"));

        var row = await RowAsync(stores);
        Assert.Equal(SlotStatus.Running, row.Status);
        Assert.Equal(("w1", "c1"), (row.Worker, row.ClaimId));
        Assert.Equal(Stores.Noon + Sample.Lease, row.LeaseUntil);
    }

    [Fact]
    public async Task The_same_claim_is_granted_again_with_a_new_lease_and_any_other_is_refused()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        await ClaimAsync(stores, "c1");
        stores.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(await ClaimAsync(stores, "c1"));
        Assert.False(await ClaimAsync(stores, "c2"));

        var row = await RowAsync(stores);
        Assert.Equal("c1", row.ClaimId);
        Assert.Equal(Stores.Noon.AddSeconds(10) + Sample.Lease, row.LeaseUntil);
    }

    [Fact]
    public async Task Two_workers_in_one_batch_get_one_grant()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(2), Never);

        var granted = await stores.Guard.ClaimAsync(
            [Sample.Claim(0, "c1"), Sample.Claim(1, "c3"), Sample.Claim(0, "c2"), Sample.Claim(0, "c1")],
            Sample.Lease, Never);

        Assert.Equal([true, true, false, true], granted);
    }

    [Fact]
    public async Task A_claim_may_overtake_the_sent_mark_but_not_the_reservation()
    {
        await using var stores = await OpenAsync();

        Assert.False(await ClaimAsync(stores, "c1"));
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        Assert.True(await ClaimAsync(stores, "c1"));

        await stores.Guard.MarkSentAsync([Sample.Id(0)], Never);
        Assert.Equal(SlotStatus.Running, (await RowAsync(stores)).Status);
    }

    [Theory]
    [InlineData(SlotStatus.Cancelled)]
    [InlineData(SlotStatus.Timeout)]
    [InlineData(SlotStatus.Failed)]
    public async Task A_withdrawn_row_is_never_granted(SlotStatus status)
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(0, status)], Never);

        Assert.False(await ClaimAsync(stores, "c1"));

        Assert.Equal(status, (await RowAsync(stores)).Status);
    }

    [Fact]
    public async Task An_ended_row_is_refused_even_to_the_claim_that_had_it()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(2), Never);
        await stores.Guard.ClaimAsync([Sample.Claim(0), Sample.Claim(1)], Sample.Lease, Never);
        await stores.Guard.CloseAsync([Sample.Closing(1)], Never);
        stores.Time.Advance(Sample.Lease * 2);
        await stores.Guard.ExpireAsync(10, Never);

        Assert.Equal(
            [false, false],
            await stores.Guard.ClaimAsync([Sample.Claim(0), Sample.Claim(1)], Sample.Lease, Never));
    }

    [Fact]
    public async Task A_renewal_moves_the_lease_of_the_claim_that_holds_the_row_and_of_no_other()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        await ClaimAsync(stores, "c1");
        stores.Time.Advance(TimeSpan.FromSeconds(20));

        var running = await stores.Guard.RenewAsync(
            [Sample.Renewal(0, "c2"), Sample.Renewal(0, "c1"), Sample.Renewal(5, "c1")], Sample.Lease, Never);

        Assert.Equal([false, true, false], running);
        Assert.Equal(Stores.Noon.AddSeconds(20) + Sample.Lease, (await RowAsync(stores)).LeaseUntil);
    }

    [Fact]
    public async Task A_lease_that_has_passed_may_still_be_renewed_until_somebody_ends_it()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        await ClaimAsync(stores, "c1");
        stores.Time.Advance(Sample.Lease * 2);

        Assert.Equal([true], await stores.Guard.RenewAsync([Sample.Renewal(0)], Sample.Lease, Never));
        Assert.Empty(await stores.Guard.ExpireAsync(10, Never));

        stores.Time.Advance(Sample.Lease * 2);
        Assert.Single(await stores.Guard.ExpireAsync(10, Never));
        Assert.Equal([false], await stores.Guard.RenewAsync([Sample.Renewal(0)], Sample.Lease, Never));
    }

    private static async Task<bool> ClaimAsync(Stores stores, string claimId) =>
        Assert.Single(await stores.Guard.ClaimAsync([Sample.Claim(0, claimId)], Sample.Lease, Never));

    private static async Task<GuardRow> RowAsync(Stores stores) =>
        Assert.Single(await stores.Guard.RowsAsync(Sample.Run, Never));
}
