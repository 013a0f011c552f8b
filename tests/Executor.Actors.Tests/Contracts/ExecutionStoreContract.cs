using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every store of rows for people promises: the newer row wins, and an end is an end.</summary>
public abstract class ExecutionStoreContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    public static TheoryData<RunStatus> RunEnds =>
        new(Enum.GetValues<RunStatus>().Where(status => Terminal.Is(status)));

    public static TheoryData<SlotStatus> SlotEnds =>
        new(Enum.GetValues<SlotStatus>().Where(status => Terminal.Is(status)));

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        await using var stores = await OpenAsync();
        var output = Value.Map.Empty
            .With("n", Value.Of(long.MaxValue)).With("f", Value.Of(2.0)).With("t", Value.Of("Grüße, 世界 🚀 \0 \"'"));
        var run = Sample.RunRow("run-1", 3, RunStatus.Completed, output: output) with
        {
            FailedTasks = ["a\"b", "ü"],
            SkippedTasks = [],
            Error = "It's \"over\";\nDROP TABLE run; 🚀",
            RequestKey = "key",
            StartedAt = Stores.Noon.AddMicroseconds(1),
        };
        var execution = Sample.ExecutionRow(0, 2, SlotStatus.Failed, "héé") with { Worker = null };

        await stores.Executions.WriteAsync([run], [execution], Never);

        Sample.AssertSame(run, await stores.Executions.RunAsync(run.Id, Never));
        Assert.Equal([execution], await stores.Executions.ExecutionsAsync(Sample.Run, Never));
    }

    [Fact]
    public async Task What_was_never_written_is_not_there()
    {
        await using var stores = await OpenAsync();

        Assert.Null(await stores.Executions.RunAsync(new RunId("nobody"), Never));
        Assert.Empty(await stores.Executions.ExecutionsAsync(new RunId("nobody"), Never));
        Assert.Empty(await stores.Executions.RunsAsync(new RunQuery(10), Never));
    }

    [Fact]
    public async Task A_row_of_an_older_entry_changes_nothing_and_a_newer_one_all()
    {
        await using var stores = await OpenAsync();
        await stores.Executions.WriteAsync([Sample.RunRow("run-1", 5)], [Sample.ExecutionRow(0, 5)], Never);

        await stores.Executions.WriteAsync(
            [Sample.RunRow("run-1", 4, RunStatus.Failed)], [Sample.ExecutionRow(0, 4, SlotStatus.Failed)], Never);
        Sample.AssertSame(Sample.RunRow("run-1", 5), await stores.Executions.RunAsync(Sample.Run, Never));
        Assert.Equal([Sample.ExecutionRow(0, 5)], await stores.Executions.ExecutionsAsync(Sample.Run, Never));

        var newer = Sample.RunRow("run-1", 6, RunStatus.Canceling, started: 9) with { CurrentTasks = [], Error = "e" };
        await stores.Executions.WriteAsync([newer], [Sample.ExecutionRow(0, 6, SlotStatus.Canceling)], Never);
        Sample.AssertSame(newer, await stores.Executions.RunAsync(Sample.Run, Never));
        Assert.Equal(
            [Sample.ExecutionRow(0, 6, SlotStatus.Canceling)],
            await stores.Executions.ExecutionsAsync(Sample.Run, Never));
    }

    [Theory]
    [MemberData(nameof(RunEnds))]
    [Trait("lesson", "5.7")]
    public async Task A_run_that_has_ended_never_changes(RunStatus end)
    {
        await using var stores = await OpenAsync();
        var ended = Sample.RunRow("run-1", 5, end);
        await stores.Executions.WriteAsync([ended], [], Never);

        await stores.Executions.WriteAsync([Sample.RunRow("run-1", 6), Sample.RunRow("run-1", 5)], [], Never);
        await stores.Executions.WriteAsync([Sample.RunRow("run-1", 7, RunStatus.Cancelled, started: 3)], [], Never);

        Sample.AssertSame(ended, await stores.Executions.RunAsync(Sample.Run, Never));
    }

    [Theory]
    [MemberData(nameof(SlotEnds))]
    [Trait("lesson", "5.7")]
    public async Task A_slot_that_has_ended_never_changes(SlotStatus end)
    {
        await using var stores = await OpenAsync();
        var ended = Sample.ExecutionRow(0, 5, end);
        await stores.Executions.WriteAsync([], [ended], Never);

        await stores.Executions.WriteAsync(
            [], [Sample.ExecutionRow(0, 6), Sample.ExecutionRow(0, 7, SlotStatus.Cancelled, "late")], Never);

        Assert.Equal([ended], await stores.Executions.ExecutionsAsync(Sample.Run, Never));
    }

    [Fact]
    public async Task Whatever_the_order_of_the_writers_the_same_row_stands_at_the_end()
    {
        RunRow[] history =
        [
            Sample.RunRow("run-1", 1), Sample.RunRow("run-1", 2, RunStatus.Canceling),
            Sample.RunRow("run-1", 3, RunStatus.Cancelled),
        ];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        await using var stores = await OpenAsync();
        foreach (var (order, number) in orders.Select((order, number) => (order, number)))
        {
            var id = new RunId($"run-{number}");
            foreach (var step in order)
            {
                await stores.Executions.WriteAsync([history[step] with { Id = id }], [], Never);
            }

            Sample.AssertSame(history[2] with { Id = id }, await stores.Executions.RunAsync(id, Never));
        }
    }

    [Fact]
    public async Task Large_values_are_kept_whole()
    {
        await using var stores = await OpenAsync();
        var output = Value.Of(new string('ä', 2_000_000));
        var error = new string('x', 1_000_000);

        await stores.Executions.WriteAsync(
            [Sample.RunRow("run-1", output: output)], [Sample.ExecutionRow(0, 1, SlotStatus.Failed, error)], Never);

        Assert.Equal(output, (await stores.Executions.RunAsync(Sample.Run, Never))!.Output);
        Assert.Equal(error, Assert.Single(await stores.Executions.ExecutionsAsync(Sample.Run, Never)).Error);
    }

    [Fact]
    public async Task The_executions_of_a_run_are_its_own_in_order_of_slot()
    {
        await using var stores = await OpenAsync();
        var rows = Enumerable.Range(0, 1000).Select(item => Sample.ExecutionRow(item)).ToArray();
        var other = new RunId("run-2");
        var foreign = Sample.ExecutionRow(0) with { Id = Sample.Id(0, other), Run = other };

        await stores.Executions.WriteAsync([], [.. rows.Reverse(), foreign], Never);

        Assert.Equal(rows, await stores.Executions.ExecutionsAsync(Sample.Run, Never));
        Assert.Equal([foreign], await stores.Executions.ExecutionsAsync(other, Never));
    }
}
