using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every store promises to those who look for questions.</summary>
public abstract class InquiryStoreContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task A_question_is_found_by_its_id_with_all_that_was_written()
    {
        await using var stores = await OpenAsync();
        var open = Row(1) with { DueAt = Stores.Noon.AddHours(1) };
        await WriteAsync(stores, open, Row(2));
        Assert.Equal(open, await stores.Inquiries.FindAsync(open.Id, Never));

        var closed = open with
        {
            Sequence = 8,
            Status = SlotStatus.Completed,
            ClosedAt = Stores.Noon.AddMinutes(1),
            Response = ValueJson.Parse("""{"approve":true,"why":["ü"]}"""),
            RespondedBy = "ann",
        };
        await WriteAsync(stores, closed);

        Assert.Equal(closed, await stores.Inquiries.FindAsync(open.Id, Never));
        Assert.Null(await stores.Inquiries.FindAsync(new DispatchId("0"), Never));
    }

    [Fact]
    public async Task The_newer_row_wins_and_what_is_closed_stays_so_in_whatever_order_they_come()
    {
        await using var stores = await OpenAsync();
        var closed = Row(1) with { Sequence = 8, Status = SlotStatus.Timeout, ClosedAt = Stores.Noon.AddMinutes(1) };

        await WriteAsync(stores, closed, Row(1));
        await WriteAsync(stores, Row(1) with { Sequence = 9 });

        Assert.Equal(closed, await stores.Inquiries.FindAsync(closed.Id, Never));
    }

    [Fact]
    [Trait("lesson", "13.5")]
    public async Task Pages_are_newest_first_and_join_without_gap_or_repeat_while_questions_come()
    {
        await using var stores = await OpenAsync();
        await WriteAsync(stores, [.. Enumerable.Range(0, 10).Select(item => Row(item) with { OpenedAt = At(item / 3) })]);
        var expected = Enumerable.Range(0, 10).OrderByDescending(item => item / 3)
            .ThenByDescending(item => Sample.Id(item).Text, StringComparer.Ordinal).ToList();
        var seen = new List<int>();
        DispatchId? before = null;
        for (var page = 0; page < 5; page++)
        {
            var rows = await stores.Inquiries.ListAsync(new InquiryQuery(3, before), Never);
            seen.AddRange(rows.Select(row => row.Slot.Item));
            before = rows.Count > 0 ? rows[^1].Id : before;
            await WriteAsync(stores, Row(100 + page) with { OpenedAt = At(100 + page) });
        }

        Assert.Equal(expected, seen);
        Assert.Empty(await stores.Inquiries.ListAsync(new InquiryQuery(9, new DispatchId("nobody")), Never));
    }

    [Fact]
    public async Task Open_ones_and_those_of_one_run_are_found_among_others()
    {
        await using var stores = await OpenAsync();
        var other = new RunId("run-2");
        await WriteAsync(
            stores,
            Row(1), Row(2) with { Status = SlotStatus.Cancelled, ClosedAt = At(5) },
            Row(3) with { Id = Sample.Id(3, other), Run = other, OpenedAt = At(9) });

        Assert.Equal([3, 1], await ItemsAsync(stores, new InquiryQuery(9, OnlyOpen: true)));
        Assert.Equal([3], await ItemsAsync(stores, new InquiryQuery(9, Run: other)));
        Assert.Equal([1], await ItemsAsync(stores, new InquiryQuery(9, OnlyOpen: true, Run: Sample.Run)));
        Assert.Equal([1], await ItemsAsync(stores, new InquiryQuery(9, Sample.Id(3, other), OnlyOpen: true)));
    }

    private static DateTimeOffset At(int seconds) => Stores.Noon.AddSeconds(seconds);

    private static InquiryRow Row(int item) => Sample.InquiryRow(item);

    private static Task WriteAsync(Stores stores, params InquiryRow[] rows) => stores.Inquiries.WriteAsync(rows, Never);

    private static async Task<IReadOnlyList<int>> ItemsAsync(Stores stores, InquiryQuery query) =>
        [.. (await stores.Inquiries.ListAsync(query, Never)).Select(row => row.Slot.Item)];
}
