using CsCheck;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Contracts;

/// <summary>What every store of due times promises.</summary>
public abstract class DueTimesContract
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly RunId A = new("a");

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task Runs_are_due_at_their_time_and_not_before_earliest_first()
    {
        await using var stores = await OpenAsync();
        await RemindAsync(stores, ("late", 3), ("early", 1), ("middle", 2));

        Assert.Empty(await DueAsync(stores, Stores.Noon.AddSeconds(1).AddMicroseconds(-1)));
        Assert.Equal(["early"], await DueAsync(stores, Stores.Noon.AddSeconds(1)));
        Assert.Equal(["early", "middle", "late"], await DueAsync(stores, Stores.Noon.AddSeconds(99)));
        Assert.Equal(["early", "middle"], await DueAsync(stores, Stores.Noon.AddSeconds(99), limit: 2));
    }

    [Fact]
    public async Task Runs_that_are_due_are_read_page_by_page_each_once_also_those_of_one_time()
    {
        await using var stores = await OpenAsync();
        await RemindAsync(stores, ("e", 2), ("d", 1), ("c", 1), ("b", 1), ("a", 3), ("f", 4));
        var now = Stores.Noon.AddSeconds(3);
        var (pages, last) = (new List<string>(), (DueRun?)null);

        for (var page = 0; page < 3; page++)
        {
            var runs = await stores.DueTimes.DueAsync(now, last, 2, Never);
            pages.Add(string.Join(' ', runs.Select(run => $"{run.Run}@{(run.Due - Stores.Noon).TotalSeconds}")));
            last = runs[^1];
        }

        Assert.Equal(["b@1 c@1", "d@1 e@2", "a@3"], pages);
        Assert.Empty(await stores.DueTimes.DueAsync(now, last, 2, Never));
    }

    [Fact]
    public async Task A_due_run_stays_due_until_its_time_is_set_anew_or_it_is_forgotten()
    {
        await using var stores = await OpenAsync();
        await RemindAsync(stores, ("a", 1), ("b", 1));
        Assert.Equal(["a", "b"], await DueAsync(stores, Stores.Noon.AddSeconds(1)));

        await StepAsync(stores, new DueStep.Forget(A), new DueStep.Forget(new RunId("nobody")), Take("b", "x", 9));

        Assert.Empty(await DueAsync(stores, Stores.Noon.AddSeconds(1)));
        Assert.Equal(["b"], await DueAsync(stores, Stores.Noon.AddSeconds(9)));
    }

    [Fact]
    public async Task A_time_that_never_comes_is_kept_too()
    {
        await using var stores = await OpenAsync();
        await StepAsync(stores, new DueStep.Take(A, "x", DateTimeOffset.MaxValue));

        Assert.Empty(await DueAsync(stores, Stores.Noon.AddYears(1_000)));
        Assert.Equal(["a"], await DueAsync(stores, DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task Only_the_holder_of_a_row_moves_it_and_every_step_answers_the_row_as_it_was()
    {
        await using var stores = await OpenAsync();

        Assert.Null(await StepAsync(stores, new DueStep.Remind(A, At(1))));
        Assert.Equal(new DueRow(At(1), null, 0), await StepAsync(stores, Take("a", "one", 2)));
        Assert.Equal(new DueRow(At(2), "one", 0), await StepAsync(stores, Take("a", "two", 3)));
        Assert.Equal(new DueRow(At(3), "two", 0), await StepAsync(stores, new DueStep.Move(A, "one", At(9))));
        Assert.Equal(new DueRow(At(3), "two", 0), await StepAsync(stores, new DueStep.Move(A, "two", At(8))));
        Assert.Equal(new DueRow(At(8), "two", 0), await StepAsync(stores, new DueStep.Release(A, "two", At(7), 5)));
        Assert.Equal(new DueRow(At(7), null, 5), await StepAsync(stores, Take("a", "three", 4)));
    }

    /// <summary>Whatever the steps and their order: the store keeps what <see cref="DueStep.Apply"/> makes of them.</summary>
    [Fact]
    public async Task Every_sequence_of_steps_leaves_the_rows_that_it_must()
    {
        await using var stores = await OpenAsync();
        var round = 0;
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[0, 9], Gen.Int[0, 2]).Array[1, 24].Sample(
            steps =>
            {
                round++;
                var rows = new Dictionary<RunId, DueRow?>();
                foreach (var batch in steps.Select(step => StepOf(round, step)).Chunk(3))
                {
                    var distinct = batch.DistinctBy(step => step.Run).ToArray();
                    var before = distinct.Select(step => rows.GetValueOrDefault(step.Run)).ToArray();
                    foreach (var step in distinct)
                    {
                        rows[step.Run] = step.Apply(rows.GetValueOrDefault(step.Run));
                    }

                    Assert.Equal(before, stores.DueTimes.StepAsync(distinct, Never).GetAwaiter().GetResult());
                }
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Of_two_that_take_one_row_at_once_one_sees_the_other()
    {
        await using var stores = await OpenAsync();
        await RemindAsync(stores, ("a", 1));

        var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            n => stores.DueTimes.StepAsync([Take("a", $"holder-{n}", n)], Never)));

        Assert.Equal(8, seen.Select(rows => rows[0]!.Holder).Distinct().Count());
    }

    private static DueStep StepOf(int round, (int Run, int Kind, int Holder, int Due, int Entries) drawn)
    {
        var (run, holder, due) = (new RunId($"{round}-{drawn.Run}"), $"holder-{drawn.Holder}", At(drawn.Due));
        return drawn.Kind switch
        {
            0 => new DueStep.Remind(run, due),
            1 => new DueStep.Take(run, holder, due),
            2 => new DueStep.Move(run, holder, due),
            3 => new DueStep.Release(run, holder, due, drawn.Entries),
            4 => new DueStep.Drop(run, holder),
            _ => new DueStep.Forget(run),
        };
    }

    private static DueStep.Take Take(string run, string holder, int seconds) => new(new RunId(run), holder, At(seconds));

    private static DateTimeOffset At(int seconds) => Stores.Noon.AddSeconds(seconds);

    private static async Task RemindAsync(Stores stores, params (string Run, int Seconds)[] times) =>
        await StepAsync(stores, [.. times.Select(time => new DueStep.Remind(new RunId(time.Run), At(time.Seconds)))]);

    /// <returns>Of the first.</returns>
    private static async Task<DueRow?> StepAsync(Stores stores, params DueStep[] steps) =>
        (await stores.DueTimes.StepAsync(steps, Never))[0];

    private static async Task<IEnumerable<string>> DueAsync(Stores stores, DateTimeOffset now, int limit = 100) =>
        (await stores.DueTimes.DueAsync(now, null, limit, Never)).Select(one => one.Run.Text);
}
