using CsCheck;
using Executor.Actors.Tests.Contracts;
using Executor.Actors.Tests.Fakes;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Storage;

public sealed class SqliteStoresTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        using var directory = new DataDirectory();
        await using (var stores = await directory.OpenAsync())
        {
            await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
            await stores.Executions.WriteAsync([Sample.RunRow("run-1")], [Sample.ExecutionRow(0)], Never);
            await stores.Catalog.StoreAsync("h", "release", "source", Never);
            await stores.DueTimes.StepAsync([new DueStep.Remind(Sample.Run, Stores.Noon)], Never);
        }

        await using var again = await directory.OpenAsync();
        Assert.Single(await again.Guard.RowsAsync(Sample.Run, Never));
        Assert.NotNull(await again.Executions.RunAsync(Sample.Run, Never));
        Assert.Single(await again.Executions.ExecutionsAsync(Sample.Run, Never));
        Assert.Equal("source", await again.Catalog.SourceAsync("h", Never));
        Assert.Equal([new DueRun(Sample.Run, Stores.Noon)], await again.DueTimes.DueAsync(Stores.Noon, null, 9, Never));
    }

    [Fact]
    public async Task A_row_that_an_older_version_has_reserved_is_open_to_every_sender_until_its_pool_is_known()
    {
        using var directory = new DataDirectory();
        await using var stores = await directory.OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(2), Never);
        using (var connection = directory.Connect())
        {
            Dapper.SqlMapper.Execute(connection, "UPDATE guard SET pool = NULL");
        }

        var sender = new ClaimSender("someone", ["gpu"]);
        await stores.Guard.ReserveAsync([Sample.Reservation(1)], Never);
        var verdicts = await stores.Guard.ClaimAsync(
            [Sample.Claim(0) with { Sender = sender }, Sample.Claim(1) with { Sender = sender }], Sample.Lease, Never);

        Assert.Equal([new ClaimVerdict(IsGranted: true), new ClaimVerdict(IsGranted: false, "linux")], verdicts);
    }

    [Fact]
    [Trait("lesson", "1.2")]
    public async Task Of_two_processes_that_race_for_a_claim_exactly_one_wins()
    {
        using var directory = new DataDirectory();
        await using var one = await directory.OpenAsync();
        await using var other = await directory.OpenAsync();
        await one.Guard.ReserveAsync(Sample.Reservations(50), Never);

        var granted = await Task.WhenAll(ClaimAllAsync(one.Guard, "c1"), ClaimAllAsync(other.Guard, "c2"));

        Assert.All(Enumerable.Range(0, 50), item => Assert.True(granted[0][item] ^ granted[1][item]));
    }

    [Fact]
    [Trait("lesson", "12.5")]
    public async Task Two_data_directories_in_one_process_never_see_each_other()
    {
        using var first = new DataDirectory();
        using var second = new DataDirectory();
        await using var one = await first.OpenAsync();
        await using var other = await second.OpenAsync();

        await Task.WhenAll(
            one.Guard.ReserveAsync(Sample.Reservations(5, entry: 1), Never),
            other.Guard.ReserveAsync(Sample.Reservations(3, entry: 2), Never));

        Assert.Equal([1, 1, 1, 1, 1], (await one.Guard.RowsAsync(Sample.Run, Never)).Select(row => row.Entry));
        Assert.Equal([2, 2, 2], (await other.Guard.RowsAsync(Sample.Run, Never)).Select(row => row.Entry));
    }

    [Fact]
    public Task Any_sequence_of_calls_is_answered_as_the_guard_in_memory_answers_it() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 2]).Array[1, 25].SampleAsync(
            async calls =>
            {
                using var directory = new DataDirectory();
                await using var stores = await directory.OpenAsync();
                var model = new InMemoryGuard(directory.Time);
                foreach (var (call, item, kind) in calls)
                {
                    Assert.Equal(
                        await CallAsync(model, call, item, kind), await CallAsync(stores.Guard, call, item, kind));
                    Assert.Equal(
                        await model.RowsAsync(Sample.Run, Never), await stores.Guard.RowsAsync(Sample.Run, Never));
                    directory.Time.Advance(TimeSpan.FromSeconds(7 * (kind + 1)));
                }
            },
            iter: 50,
            threads: 1);

    private static async Task<object> CallAsync(IDispatchGuard guard, int call, int item, int kind)
    {
        var ends = new[] { SlotStatus.Completed, SlotStatus.Failed, SlotStatus.Timeout };
        switch (call)
        {
            case 0 or 1:
                return await guard.ReserveAsync([Sample.Reservation(item, entry: 7 + (kind / 2))], Never);
            case 2:
                await guard.MarkSentAsync([Sample.Id(item)], Never);
                return true;
            case 3:
                return await guard.GrantsAsync([Sample.Claim(item, $"c{kind}")], Sample.Lease, Never);
            case 4:
                return await guard.RenewAsync([Sample.Renewal(item, $"c{kind}")], Sample.Lease, Never);
            case 5:
                return await guard.WithdrawAsync([Sample.Withdrawal(item, ends[Math.Max(1, kind)])], Never);
            case 6:
                return await guard.ExpireAsync(kind + 1, Never);
            case 7:
                await guard.CloseAsync([Sample.Closing(item, ends[kind])], Never);
                return true;
            case 8:
                return (await guard.UnsendStaleAsync(TimeSpan.FromSeconds(10), kind + 1, Never))
                    .OrderBy(row => row.Slot.Item).ToList();
            default:
                return await guard.UnclosedEndsAsync(0, kind + 1, Never);
        }
    }

    private static async Task<bool[]> ClaimAllAsync(IDispatchGuard guard, string claimId)
    {
        var granted = new List<bool>();
        foreach (var item in Enumerable.Range(0, 50))
        {
            Claim[] batch = [Sample.Claim(item, claimId)];
            granted.AddRange(await Task.Run(() => guard.GrantsAsync(batch, Sample.Lease, Never)));
        }

        return [.. granted];
    }
}
