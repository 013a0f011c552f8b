using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every guard promises between a decision and its sending.</summary>
public abstract class ReserveContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task What_is_reserved_must_be_sent_until_it_is_marked_sent()
    {
        await using var stores = await OpenAsync();

        Assert.Equal(ReservedState.Unsent, await ReserveAsync(stores, Sample.Reservation(0)));
        Assert.Equal(ReservedState.Unsent, await ReserveAsync(stores, Sample.Reservation(0)));
        await stores.Guard.MarkSentAsync([Sample.Id(0)], Never);
        Assert.Equal(ReservedState.Settled, await ReserveAsync(stores, Sample.Reservation(0)));
    }

    [Fact]
    [Trait("lesson", "1.2")]
    public async Task A_slot_has_one_row_however_often_it_is_reserved()
    {
        await using var stores = await OpenAsync();
        for (var times = 0; times < 3; times++)
        {
            await stores.Guard.ReserveAsync(Sample.Reservations(3), Never);
        }

        var rows = await stores.Guard.RowsAsync(Sample.Run, Never);

        Assert.Equal([Sample.Slot(0), Sample.Slot(1), Sample.Slot(2)], rows.Select(row => row.Slot));
        Assert.Equal(
            new GuardRow(
                Sample.Id(0), Sample.Run, Sample.Slot(0), 7, SlotStatus.Scheduled, null, null, null, null, false,
                "linux"),
            rows[0]);
    }

    [Fact]
    public async Task Another_journal_entry_for_the_same_slot_is_a_conflict_and_is_never_to_be_sent()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync([Sample.Reservation(0, entry: 7)], Never);

        Assert.Equal(ReservedState.Conflict, await ReserveAsync(stores, Sample.Reservation(0, entry: 8)));

        Assert.Equal(ReservedState.Unsent, await ReserveAsync(stores, Sample.Reservation(0, entry: 7)));
        Assert.Equal(7, (await RowAsync(stores)).Entry);
    }

    [Fact]
    public async Task The_answers_stand_in_the_order_of_the_questions_whatever_their_state()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync([Sample.Reservation(1), Sample.Reservation(2, entry: 5)], Never);
        await stores.Guard.MarkSentAsync([Sample.Id(1)], Never);

        var answers = await stores.Guard.ReserveAsync(Sample.Reservations(4), Never);

        Assert.Equal(
            [ReservedState.Unsent, ReservedState.Settled, ReservedState.Conflict, ReservedState.Unsent],
            answers.Select(answer => answer.State));
        Assert.Equal(Sample.Reservations(4).Select(one => one.Id), answers.Select(answer => answer.Id));
    }

    [Fact]
    public async Task Claimed_closed_and_withdrawn_rows_need_no_sending()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(3), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never);
        await stores.Guard.CloseAsync([Sample.Closing(1)], Never);
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(2)], Never);

        var answers = await stores.Guard.ReserveAsync(Sample.Reservations(3), Never);

        Assert.All(answers, answer => Assert.Equal(ReservedState.Settled, answer.State));
    }

    [Fact]
    public async Task A_slot_under_another_dispatch_id_is_a_bug_that_is_thrown_and_changes_nothing()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync([Sample.Reservation(0)], Never);
        var forged = Sample.Reservation(0) with { Id = new DispatchId("0123456789abcdef0123456789abcdef") };

        await Assert.ThrowsAsync<InvalidOperationException>(() => stores.Guard.ReserveAsync([forged], Never));

        Assert.Equal(Sample.Id(0), (await RowAsync(stores)).Id);
    }

    [Fact]
    public async Task Marking_sent_leaves_the_first_time_and_every_row_that_is_further_on()
    {
        await using var stores = await OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(2), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(1)], Sample.Lease, Never);
        await stores.Guard.MarkSentAsync([Sample.Id(0)], Never);
        stores.Time.Advance(TimeSpan.FromSeconds(5));

        await stores.Guard.MarkSentAsync([Sample.Id(0), Sample.Id(1), Sample.Id(99)], Never);

        var rows = await stores.Guard.RowsAsync(Sample.Run, Never);
        Assert.Equal([Stores.Noon, null], rows.Select(row => row.SentAt));
    }

    [Fact]
    public async Task An_empty_batch_is_answered_emptily_and_a_batch_over_the_limit_is_a_bug()
    {
        await using var stores = await OpenAsync();

        Assert.Empty(await stores.Guard.ReserveAsync([], Never));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => stores.Guard.ReserveAsync(Sample.Reservations(IDispatchGuard.BatchLimit + 1), Never));
        Assert.Equal(500, (await stores.Guard.ReserveAsync(Sample.Reservations(500), Never)).Count);
    }

    [Fact]
    public async Task A_call_that_was_stopped_beforehand_does_nothing()
    {
        await using var stores = await OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => stores.Guard.ReserveAsync([Sample.Reservation(0)], new CancellationToken(canceled: true)));

        Assert.Empty(await stores.Guard.RowsAsync(Sample.Run, Never));
    }

    [Fact]
    public async Task The_rows_of_a_run_are_its_own_in_order_of_slot_in_any_script()
    {
        await using var stores = await OpenAsync();
        Slot[] slots =
        [
            new("a", 1, Slot.NoItem, 1), new("b", 1, 2, 1), new("b", 1, 10, 1), new("b", 1, 10, 2),
            new("b", 2, 0, 1), new("пробег", 1, 0, 1), new("試験", 1, 0, 1),
        ];
        var other = new RunId("run-2");
        foreach (var run in new[] { Sample.Run, other })
        {
            await stores.Guard.ReserveAsync(
                [.. slots.Reverse().Select(slot => new Reservation(DispatchId.Of(run, slot), run, slot, 1, "linux"))], Never);
        }

        var rows = await stores.Guard.RowsAsync(Sample.Run, Never);

        Assert.Equal(slots, rows.Select(row => row.Slot));
        Assert.All(rows, row => Assert.Equal(Sample.Run, row.Run));
    }

    private static async Task<ReservedState> ReserveAsync(Stores stores, Reservation reservation) =>
        Assert.Single(await stores.Guard.ReserveAsync([reservation], Never)).State;

    private static async Task<GuardRow> RowAsync(Stores stores) =>
        Assert.Single(await stores.Guard.RowsAsync(Sample.Run, Never));
}
