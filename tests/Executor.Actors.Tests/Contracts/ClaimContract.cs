using Executor.Core;
using Executor.Core.Messages;
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

        var granted = await stores.Guard.GrantsAsync(
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
        await stores.Guard.GrantsAsync([Sample.Claim(0), Sample.Claim(1)], Sample.Lease, Never);
        await stores.Guard.CloseAsync([Sample.Closing(1)], Never);
        stores.Time.Advance(Sample.Lease * 2);
        await stores.Guard.ExpireAsync(10, Never);

        Assert.Equal(
            [false, false],
            await stores.Guard.GrantsAsync([Sample.Claim(0), Sample.Claim(1)], Sample.Lease, Never));
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

    [Fact]
    [Trait("threat", "T14")]
    public async Task A_sender_that_may_not_serve_the_pool_is_told_so_and_changes_nothing_whatever_the_row_is()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(3), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(1)], Sample.Lease, Never);
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(2)], Never);
        var before = await stores.Guard.RowsAsync(Sample.Run, Never);
        stores.Time.Advance(TimeSpan.FromSeconds(10));

        var verdicts = await stores.Guard.ClaimAsync(
            [.. Enumerable.Range(0, 3).Select(item => From(Sample.Claim(item), "gpu", "night"))], Sample.Lease, Never);

        Assert.Equal(Enumerable.Repeat(new ClaimVerdict(IsGranted: false, "linux"), 3), verdicts);
        Assert.Equal(before, await stores.Guard.RowsAsync(Sample.Run, Never));
    }

    [Fact]
    [Trait("threat", "T14")]
    public async Task A_sender_that_may_serve_the_pool_gets_the_row_beside_one_that_may_not()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(
            [Sample.Reservation(0), Sample.Reservation(1, pool: "gpu"), Sample.Reservation(2, pool: "l\"i,[")], Never);

        var verdicts = await stores.Guard.ClaimAsync(
            [
                From(Sample.Claim(0, "c0"), "gpu"), From(Sample.Claim(0, "c1"), "gpu", "linux"),
                From(Sample.Claim(0, "c2"), "linux"), From(Sample.Claim(0, "c3"), "gpu"), From(Sample.Claim(1), "gpu"),
                From(Sample.Claim(2), "l\"i,["), From(Sample.Claim(9), "gpu"),
            ],
            Sample.Lease, Never);

        Assert.Equal(
            [(false, "linux"), (true, null), (false, null), (false, "linux"), (true, null), (true, null), (false, null)],
            verdicts.Select(verdict => (verdict.IsGranted, verdict.BarredFrom)));
        Assert.Equal(["c1", "c1", "c1"], (await stores.Guard.RowsAsync(Sample.Run, Never)).Select(row => row.ClaimId));
    }

    [Fact]
    [Trait("threat", "T14")]
    public async Task A_sender_that_may_serve_nothing_gets_nothing()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);

        Assert.Equal(
            [new ClaimVerdict(IsGranted: false, "linux")],
            await stores.Guard.ClaimAsync([From(Sample.Claim(0))], Sample.Lease, Never));
    }

    [Fact]
    [Trait("threat", "T14")]
    public async Task A_row_that_was_withdrawn_first_takes_its_pool_from_whoever_reserves_it()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(0)], Never);
        Assert.Null((await RowAsync(stores)).Pool);

        await stores.Guard.ReserveAsync([Sample.Reservation(0)], Never);
        await stores.Guard.ReserveAsync([Sample.Reservation(0, entry: 8, pool: "gpu")], Never);

        Assert.Equal("linux", (await RowAsync(stores)).Pool);
    }

    private static Claim From(Claim claim, params string[] pools) =>
        claim with { Sender = new ClaimSender("someone", pools) };

    private static async Task<bool> ClaimAsync(Stores stores, string claimId) =>
        Assert.Single(await stores.Guard.GrantsAsync([Sample.Claim(0, claimId)], Sample.Lease, Never));

    private static async Task<GuardRow> RowAsync(Stores stores) =>
        Assert.Single(await stores.Guard.RowsAsync(Sample.Run, Never));
}
