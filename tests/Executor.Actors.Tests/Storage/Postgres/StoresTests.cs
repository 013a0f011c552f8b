using CsCheck;
using Executor.Actors.Tests.Contracts;
using Executor.Actors.Tests.Fakes;
using Executor.Actors.Tests.Servers;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Microsoft.Extensions.Time.Testing;

namespace Executor.Actors.Tests.Storage.Postgres;

public sealed class StoresTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    [Trait("lesson", "12.5")]
    public async Task Two_schemas_in_one_database_never_see_each_other()
    {
        await using var first = await TestSchema.MadeAsync();
        await using var second = await TestSchema.MadeAsync();
        await using var one = await first.OpenAsync();
        await using var other = await second.OpenAsync();

        await Task.WhenAll(
            one.Guard.ReserveAsync(Sample.Reservations(5, entry: 1), Never),
            other.Guard.ReserveAsync(Sample.Reservations(3, entry: 2), Never));
        await one.DueTimes.StepAsync([new DueStep.Remind(Sample.Run, Stores.Noon)], Never);
        await first.ExecuteAsync(
            "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message) VALUES (0, false, 'p', 1, '')");

        Assert.Equal([1, 1, 1, 1, 1], (await one.Guard.RowsAsync(Sample.Run, Never)).Select(row => row.Entry));
        Assert.Equal([2, 2, 2], (await other.Guard.RowsAsync(Sample.Run, Never)).Select(row => row.Entry));
        Assert.Empty(await other.DueTimes.DueAsync(Stores.Noon, null, 9, Never));
        Assert.Empty(await other.Journal.PersistenceIdsAsync(null, 9, Never));
        Assert.Equal(["p"], await one.Journal.PersistenceIdsAsync(null, 9, Never));
    }

    [Fact]
    public async Task Leases_go_by_the_clock_of_the_database()
    {
        await using var schema = await TestSchema.MadeAsync();
        await using var stores = await schema.OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(2), Never);
        var before = DateTimeOffset.UtcNow;

        await stores.Guard.GrantsAsync([Sample.Claim(0)], TimeSpan.FromMicroseconds(1), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(1)], TimeSpan.FromHours(1), Never);

        Assert.Equal([Sample.Id(0)], (await stores.Guard.ExpireAsync(9, Never)).Select(row => row.Id));
        var lease = (await stores.Guard.RowsAsync(Sample.Run, Never))[1].LeaseUntil!.Value - TimeSpan.FromHours(1);
        Assert.InRange(lease, before.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Batches_that_share_rows_in_any_order_all_come_to_an_end()
    {
        await using var schema = await TestSchema.MadeAsync();
        await using var stores = await schema.OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(200), Never);
        var items = Enumerable.Range(0, 200).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            var order = caller % 2 == 0 ? items : [.. items.Reverse()];
            for (var round = 0; round < 5; round++)
            {
                await stores.Guard.ReserveAsync([.. order.Select(item => Sample.Reservation(item))], Never);
                await stores.Guard.GrantsAsync([.. order.Select(item => Sample.Claim(item))], Sample.Lease, Never);
                await stores.Guard.RenewAsync([.. order.Select(item => Sample.Renewal(item))], Sample.Lease, Never);
                await stores.Guard.WithdrawAsync([.. order.Select(item => Sample.Withdrawal(item))], Never);
                await stores.Guard.MarkSentAsync([.. order.Select(item => Sample.Id(item))], Never);
                await stores.DueTimes.StepAsync([.. order.Select(n => Step(n, caller, round))], Never);
            }
        })));

        await using var connection = await schema.ConnectAsync();
        Assert.Equal(0, await Dapper.SqlMapper.ExecuteScalarAsync<long>(
            connection, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
    }

    /// <summary>Each call is a batch in which slots may stand twice.</summary>
    [Fact]
    public async Task Any_batches_are_answered_as_the_guard_in_memory_answers_them()
    {
        await using var schema = await TestSchema.MadeAsync();
        var clock = await schema.StopClockAsync(Stores.Noon);
        await using var stores = await schema.OpenAsync();
        await Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3].Array[1, 5], Gen.Int[0, 2]).Array[1, 20].SampleAsync(
            async calls =>
            {
                await schema.ExecuteAsync("TRUNCATE guard; UPDATE clock SET micros = 1893499200000000");
                var time = new FakeTimeProvider(Stores.Noon);
                var model = new InMemoryGuard(time);
                foreach (var (call, items, kind) in calls)
                {
                    Assert.Equal(
                        await CallAsync(model, call, items, kind), await CallAsync(stores.Guard, call, items, kind));
                    Assert.Equal(
                        await model.RowsAsync(Sample.Run, Never), await stores.Guard.RowsAsync(Sample.Run, Never));
                    time.Advance(TimeSpan.FromSeconds(7 * (kind + 1)));
                    clock.Advance(TimeSpan.FromSeconds(7 * (kind + 1)));
                }
            },
            iter: 100,
            threads: 1);
    }

    /// <summary>A node of the version before, which goes on beside this one, knows no pools.</summary>
    [Fact]
    public async Task A_row_that_an_older_node_has_reserved_is_open_to_every_sender_until_its_pool_is_known()
    {
        await using var schema = await TestSchema.MadeAsync();
        await using var stores = await schema.OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(2), Never);
        await schema.ExecuteAsync("UPDATE guard SET pool = NULL");
        var sender = new ClaimSender("someone", ["gpu"]);

        await stores.Guard.ReserveAsync([Sample.Reservation(1)], Never);
        var verdicts = await stores.Guard.ClaimAsync(
            [Sample.Claim(0) with { Sender = sender }, Sample.Claim(1) with { Sender = sender }], Sample.Lease, Never);

        Assert.Equal([new ClaimVerdict(IsGranted: true), new ClaimVerdict(IsGranted: false, "linux")], verdicts);
    }

    private static DueStep Step(int number, int caller, int round)
    {
        var (run, holder, due) = (new RunId($"r{number}"), $"holder-{caller}", Stores.Noon.AddSeconds(caller + round));
        return ((number + caller + round) % 5) switch
        {
            0 => new DueStep.Forget(run),
            1 => new DueStep.Move(run, holder, due),
            2 => new DueStep.Release(run, holder, due, round),
            3 => new DueStep.Remind(run, due),
            _ => new DueStep.Take(run, holder, due),
        };
    }

    private static async Task<object> CallAsync(IDispatchGuard guard, int call, int[] items, int kind)
    {
        var ends = new[] { SlotStatus.Completed, SlotStatus.Failed, SlotStatus.Timeout };
        T[] Each<T>(Func<int, int, T> of) => [.. items.Select(of)];
        switch (call)
        {
            case 0 or 1:
                return await guard.ReserveAsync(Each((item, n) => Sample.Reservation(item, entry: 7 + ((kind + n) / 3))), Never);
            case 2:
                await guard.MarkSentAsync(Each((item, _) => Sample.Id(item)), Never);
                return true;
            case 3:
                return await guard.ClaimAsync(
                    Each((item, n) => Sample.Claim(item, $"c{(kind + n) % 3}") with
                    {
                        Sender = (kind + n) % 4 == 0 ? new ClaimSender("u", ["gpu"]) : null,
                    }),
                    Sample.Lease, Never);
            case 4:
                return await guard.RenewAsync(
                    Each((item, n) => Sample.Renewal(item, $"c{(kind + n) % 3}")), Sample.Lease, Never);
            case 5:
                return await guard.WithdrawAsync(
                    Each((item, n) => Sample.Withdrawal(item, ends[Math.Max(1, (kind + n) % 3)])), Never);
            case 6:
                return (await guard.ExpireAsync(9, Never)).OrderBy(row => row.Slot.Item).ToList();
            case 7:
                await guard.CloseAsync(Each((item, n) => Sample.Closing(item, ends[(kind + n) % 3])), Never);
                return true;
            case 8:
                return (await guard.UnsendStaleAsync(TimeSpan.FromSeconds(10), 9, Never))
                    .OrderBy(row => row.Slot.Item).ToList();
            default:
                return (await guard.UnclosedEndsAsync(0, 9, Never)).OrderBy(row => row.Slot.Item).ToList();
        }
    }
}
