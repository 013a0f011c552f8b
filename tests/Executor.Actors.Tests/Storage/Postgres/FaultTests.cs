using System.Diagnostics;
using Dapper;
using Executor.Actors.Tests.Contracts;
using Executor.Actors.Tests.Servers;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage.Postgres;
using Npgsql;

namespace Executor.Actors.Tests.Storage.Postgres;

/// <summary>The world's faults pass unseen while they are short, and come out as one kind of exception when they are not.</summary>
public sealed class FaultTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    public static TheoryData<string, bool> States => new()
    {
        { "53300", true }, { "40001", true }, { "40P01", true }, { "25006", true }, { "53100", true }, { "57014", true },
        { "57P01", true }, { "57P03", true }, { "08006", true }, { "55P03", true }, { "25P03", true }, { "58030", true },
        { "53200", true }, { "28P01", false }, { "3D000", false }, { "42501", false }, { "42P01", false },
        { "XX001", false },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void A_state_is_worth_repeating_or_not(string state, bool passes)
    {
        var fault = PostgresFault.Of(new PostgresException("m", "ERROR", "ERROR", state), "database 'x' on h:1")!;

        Assert.Equal(passes ? FaultKind.Passing : FaultKind.Lasting, fault.Kind);
        Assert.StartsWith("Database 'x' on h:1 ", fault.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("23514")]
    [InlineData("22P02")]
    [InlineData("42601")]
    public void What_is_wrong_with_a_statement_is_a_bug_and_no_fault(string state) =>
        Assert.Null(PostgresFault.Of(new PostgresException("m", "ERROR", "ERROR", state), "x"));

    [Fact]
    public async Task Connections_that_are_cut_are_replaced_unseen()
    {
        await using var schema = await TestSchema.MadeAsync();
        await using var stores = await schema.OpenAsync();
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(
                n => stores.Guard.ReserveAsync([Sample.Reservation((round * 8) + n)], Never)));
            await CutAllAsync(schema);
        }

        Assert.Equal(40, (await stores.Guard.RowsAsync(Sample.Run, Never)).Count);
    }

    [Fact]
    public async Task A_call_cut_off_in_the_middle_is_repeated_and_has_its_effect_once()
    {
        await using var schema = await TestSchema.MadeAsync();
        await using var stores = await schema.OpenAsync();
        await stores.Guard.ReserveAsync(Sample.Reservations(2), Never);
        Task<IReadOnlyList<bool>> claim;
        await using (var other = await schema.ConnectAsync())
        await using (var held = await other.BeginTransactionAsync())
        {
            await other.ExecuteAsync("SELECT 1 FROM guard FOR UPDATE");
            claim = stores.Guard.GrantsAsync([Sample.Claim(0), Sample.Claim(1)], Sample.Lease, Never);
            await WaitUntilAsync(schema, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted");
            await CutAllAsync(schema, "AND wait_event_type = 'Lock'");
        }

        Assert.Equal([true, true], await claim);
        Assert.Equal([false], await stores.Guard.GrantsAsync([Sample.Claim(0, "c2")], Sample.Lease, Never));
    }

    [Fact]
    public async Task A_database_that_may_only_be_read_is_a_fault_when_it_lasts_and_none_when_it_passes()
    {
        await using var schema = await TestSchema.MadeAsync();
        var options = schema.Options with
        {
            Connection = schema.Options.Connection + ";Options=-c default_transaction_read_only=on",
            RepeatFor = TimeSpan.FromMilliseconds(100),
        };
        await using var stores = await PostgresStores.OpenAsync(options, Never);

        var fault = await Assert.ThrowsAsync<StorageException>(
            () => stores.Guard.ReserveAsync(Sample.Reservations(1), Never));

        Assert.Contains("may only be read", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connection_to_spare_a_call_waits_for_one()
    {
        await using var node = await TestNode.MadeAsync();
        await using var stores = await PostgresStores.OpenAsync(node.Options with { MaximumPoolSize = 2 }, Never);
        await node.Schema.ExecuteAsync(
            $"""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{node.Role}';
            ALTER ROLE {node.Role} CONNECTION LIMIT 0
            """);

        var reserving = stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        var first = await Task.WhenAny(reserving, Task.Delay(TimeSpan.FromMilliseconds(300), Never));
        Assert.NotSame(reserving, first);
        await node.Schema.ExecuteAsync($"ALTER ROLE {node.Role} CONNECTION LIMIT -1");

        Assert.Single(await reserving);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Two_writers_of_one_row_try_again_and_what_contradicts_a_row_is_a_bug(int refusals, bool passes)
    {
        await using var schema = await TestSchema.MadeAsync();
        await using var database = new PostgresDatabase(schema.Options);
        var tries = 0;
        var call = database.RunAsync(
            _ => ++tries <= refusals
                ? throw new PostgresException("two rows", "ERROR", "ERROR", "23505")
                : Task.FromResult(tries),
            Never);

        if (passes)
        {
            Assert.Equal(refusals + 1, await call);
        }
        else
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => call);
        }
    }

    [Fact]
    public async Task Where_nobody_listens_the_fault_says_so()
    {
        var options = new PostgresOptions
        {
            Connection = "Host=127.0.0.1;Port=1;Username=u;Password=p;Database=d",
            RepeatFor = TimeSpan.Zero,
        };

        var fault = await Assert.ThrowsAsync<StorageException>(() => PostgresStores.OpenAsync(options, Never));

        Assert.StartsWith("Database 'd' on 127.0.0.1:1 cannot be reached.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("fault", "F28")]
    public async Task A_row_held_by_a_frozen_client_stops_only_those_who_need_it_and_not_for_long()
    {
        await using var node = await TestNode.MadeAsync();
        await using var stores = await PostgresStores.OpenAsync(node.Options with { RepeatFor = TimeSpan.Zero }, Never);
        await stores.Guard.ReserveAsync(Sample.Reservations(3), Never);
        await stores.Guard.GrantsAsync([Sample.Claim(0), Sample.Claim(1), Sample.Claim(2)], TimeSpan.Zero, Never);
        await using var frozen = await node.Schema.ConnectAsync();
        await using var held = await frozen.BeginTransactionAsync();
        await frozen.ExecuteAsync($"SELECT 1 FROM guard WHERE dispatch_id = '{Sample.Id(1).Text}' FOR UPDATE");

        var others = await stores.Guard.ExpireAsync(9, Never);
        var clock = Stopwatch.StartNew();
        var fault = await Assert.ThrowsAsync<StorageException>(
            () => stores.Guard.RenewAsync([Sample.Renewal(1)], Sample.Lease, Never));

        Assert.Equal([0, 2], others.Select(row => row.Slot.Item).Order());
        Assert.Contains("holds a row for somebody else", fault.Message, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(15));
    }

    [Fact]
    [Trait("fault", "F28")]
    public async Task A_transaction_of_a_frozen_node_is_ended_by_the_server_so_that_its_successor_goes_on()
    {
        await using var node = await TestNode.MadeAsync();
        await using var stores = await PostgresStores.OpenAsync(node.Options, Never);
        await using var frozen = await node.ConnectAsync();
        await using var held = await frozen.BeginTransactionAsync();
        await frozen.ExecuteAsync(
            $"""
            INSERT INTO guard (dispatch_id, run, task, visit, item, attempt, entry, status, news_at)
            VALUES ('{Sample.Id(0).Text}', '{Sample.Run.Text}', 'build', 1, 0, 1, 7, 'scheduled', 0)
            """);
        var clock = Stopwatch.StartNew();

        var reserved = await stores.Guard.ReserveAsync(Sample.Reservations(1, entry: 8), Never);

        Assert.Equal(ReservedState.Unsent, Assert.Single(reserved).State);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Text_that_the_database_cannot_keep_harms_no_other_row_of_the_batch()
    {
        await using var schema = await TestSchema.MadeAsync();
        await using var stores = await schema.OpenAsync();
        var foreign = Sample.ExecutionRow(0, 1, SlotStatus.Failed, "a\0b \ud800 c 🚀");

        await stores.Executions.WriteAsync([], [foreign, Sample.ExecutionRow(1)], Never);
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        Assert.Equal([true], await stores.Guard.GrantsAsync([Sample.Claim(0, "c\0")], Sample.Lease, Never));

        Assert.Equal(
            ["a\ufffdb \ufffd c 🚀", null],
            (await stores.Executions.ExecutionsAsync(Sample.Run, Never)).Select(row => row.Error));
        Assert.Equal([true], await stores.Guard.RenewAsync([Sample.Renewal(0, "c\0")], Sample.Lease, Never));
    }

    [Fact]
    [Trait("lesson", "12.2")]
    public async Task Two_connections_are_enough_for_any_number_of_callers()
    {
        await using var schema = await TestSchema.MadeAsync();
        await using var stores = await PostgresStores.OpenAsync(schema.Options with { MaximumPoolSize = 2 }, Never);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async n =>
        {
            var run = new RunId($"run-{n}");
            await stores.Guard.ReserveAsync([Sample.Reservation(0, run: run)], Never);
            await stores.Guard.MarkSentAsync([Sample.Id(0, run)], Never);
            await stores.DueTimes.StepAsync([new DueStep.Remind(run, Stores.Noon)], Never);
            await stores.Executions.WriteAsync([Sample.RunRow(run.Text)], [], Never);
            await stores.DueTimes.StepAsync([new DueStep.Forget(run)], Never);
        }));

        Assert.Equal(200, (await stores.Executions.RunsAsync(new RunQuery(500), Never)).Count);
        Assert.Empty(await stores.DueTimes.DueAsync(DateTimeOffset.MaxValue, null, 9, Never));
    }

    private static Task CutAllAsync(TestSchema schema, string which = "") => schema.ExecuteAsync(
        $"""
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND application_name = 'executor' AND datname = current_database() {which}
            AND query LIKE '%' || 'guard' || '%'
        """);

    private static async Task WaitUntilAsync(TestSchema schema, string condition)
    {
        await using var connection = await schema.ConnectAsync();
        var clock = Stopwatch.StartNew();
        while (!await connection.ExecuteScalarAsync<bool>(condition))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), condition);
        }
    }
}
