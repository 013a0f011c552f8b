using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every store promises to those who page through runs.</summary>
public abstract class RunPagesContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task Newest_runs_come_first_and_equal_starts_in_order_of_their_ids()
    {
        await using var stores = await OpenAsync();
        await WriteAsync(
            stores,
            Sample.RunRow("b", started: 1), Sample.RunRow("d", started: 2), Sample.RunRow("a", started: 1),
            Sample.RunRow("c", started: 0));

        Assert.Equal(["d", "b", "a", "c"], await IdsAsync(stores, new RunQuery(9)));
        Assert.Equal(["d", "b"], await IdsAsync(stores, new RunQuery(2)));
    }

    [Fact]
    [Trait("lesson", "13.5")]
    public async Task Pages_join_without_gap_or_repeat_while_runs_are_added()
    {
        await using var stores = await OpenAsync();
        await WriteAsync(stores, [.. Enumerable.Range(0, 10).Select(n => Sample.RunRow($"r{n}", started: n / 3))]);
        var seen = new List<string>();
        RunId? before = null;
        for (var page = 0; page < 5; page++)
        {
            var ids = await IdsAsync(stores, new RunQuery(3, before));
            seen.AddRange(ids);
            before = ids.Count > 0 ? new RunId(ids[^1]) : before;
            await WriteAsync(stores, Sample.RunRow($"new{page}", started: 100 + page));
        }

        Assert.Equal(["r9", "r8", "r7", "r6", "r5", "r4", "r3", "r2", "r1", "r0"], seen);
    }

    [Fact]
    public async Task Runs_that_one_run_has_called_are_found_and_paged_with_the_slots_that_await_them()
    {
        await using var stores = await OpenAsync();
        var parent = new RunId("p");
        await WriteAsync(
            stores,
            [
                Sample.RunRow("p"), Sample.RunRow("other") with { Parent = new RunCaller(new RunId("q"), Sample.Slot(1)) },
                .. Enumerable.Range(1, 5).Select(n => Sample.RunRow($"c{n}", started: n) with
                {
                    Parent = new RunCaller(parent, Sample.Slot(n)),
                }),
            ]);

        Assert.Equal(["c5", "c4", "c3"], await IdsAsync(stores, new RunQuery(3, Parent: parent)));
        Assert.Equal(["c2", "c1"], await IdsAsync(stores, new RunQuery(3, new RunId("c3"), Parent: parent)));
        Assert.Equal(
            new RunCaller(parent, Sample.Slot(2)), (await stores.Executions.RunAsync(new RunId("c2"), Never))!.Parent);
        Assert.Null((await stores.Executions.RunAsync(parent, Never))!.Parent);
    }

    [Fact]
    [Trait("lesson", "5.9")]
    public async Task A_rerun_keeps_the_name_of_its_origin()
    {
        await using var stores = await OpenAsync();
        var again = Sample.RunRow("again") with { Origin = new RunId("first") };
        await WriteAsync(stores, [Sample.RunRow("first"), again]);
        await WriteAsync(stores, [again with { Sequence = again.Sequence + 1, Status = RunStatus.Failed }]);

        Assert.Equal(new RunId("first"), (await stores.Executions.RunAsync(again.Id, Never))!.Origin);
        Assert.Null((await stores.Executions.RunAsync(new RunId("first"), Never))!.Origin);
    }

    [Fact]
    [Trait("lesson", "13.5")]
    public async Task Open_runs_are_found_and_paged_among_ten_thousand_that_have_ended()
    {
        await using var stores = await OpenAsync();
        await WriteAsync(stores,
        [
            .. Enumerable.Range(0, 10_000).Select(n => Sample.RunRow(
                $"r{n:00000}", status: n % 1429 == 3 ? RunStatus.Running : RunStatus.Completed, started: n)),
        ]);

        var first = await IdsAsync(stores, new RunQuery(5, OnlyOpen: true));
        var second = await IdsAsync(stores, new RunQuery(5, new RunId(first[^1]), OnlyOpen: true));

        Assert.Equal(["r08577", "r07148", "r05719", "r04290", "r02861"], first);
        Assert.Equal(["r01432", "r00003"], second);
    }

    [Fact]
    public async Task After_a_run_that_is_not_known_there_is_no_page()
    {
        await using var stores = await OpenAsync();
        await WriteAsync(stores, Sample.RunRow("a"));

        Assert.Empty(await IdsAsync(stores, new RunQuery(9, new RunId("nobody"))));
    }

    [Fact]
    public async Task A_run_that_has_ended_leaves_the_open_ones()
    {
        await using var stores = await OpenAsync();
        await WriteAsync(stores, Sample.RunRow("a", 1), Sample.RunRow("b", 1));

        await WriteAsync(stores, Sample.RunRow("a", 2, RunStatus.Failed));

        Assert.Equal(["b"], await IdsAsync(stores, new RunQuery(9, OnlyOpen: true)));
        Assert.Equal(["b", "a"], await IdsAsync(stores, new RunQuery(9)));
    }

    private static Task WriteAsync(Stores stores, params RunRow[] rows) => stores.Executions.WriteAsync(rows, [], Never);

    private static async Task<IReadOnlyList<string>> IdsAsync(Stores stores, RunQuery query) =>
        [.. (await stores.Executions.RunsAsync(query, Never)).Select(row => row.Id.Text)];
}
