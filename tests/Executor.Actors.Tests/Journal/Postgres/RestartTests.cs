using System.Diagnostics;
using Dapper;
using Executor.Actors.Tests.Contracts;
using Executor.Actors.Tests.Servers;
using Executor.Core;
using Executor.Storage.Postgres;
using Npgsql;

namespace Executor.Actors.Tests.Journal.Postgres;

/// <summary>A server of its own, which is stopped under nodes that work.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private PostgresServer _server = null!;
    private TestNode _node = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _node = await TestNode.MadeAsync(_server);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task After_a_crash_of_the_database_all_runs_are_back_within_seconds_and_nothing_is_lost()
    {
        await using var node = new JournalNode(_node.Options);
        await using var stores = await PostgresStores.OpenAsync(_node.Options, Never);
        var scribes = Enumerable.Range(0, 40).Select(n => $"run-{n}").ToArray();
        await Task.WhenAll(scribes.Select(scribe => node.WriteAsync(scribe, "before")));

        await _server.StopAsync("immediate");
        var during = scribes.Select(scribe => node.WriteAsync(scribe, "during")).ToArray();
        var reserving = stores.Guard.ReserveAsync(Sample.Reservations(10), Never);
        await _server.StartAgainAsync();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(during);
        await reserving;

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(10, (await stores.Guard.RowsAsync(Sample.Run, Never)).Count);
        await using var reader = new JournalNode(_node.Options);
        foreach (var scribe in scribes)
        {
            Assert.Equal(["before", "during"], await reader.ReadAsync(scribe));
        }
    }

    [Fact]
    public async Task A_database_that_stands_still_ends_calls_soon_and_all_is_back_soon_after_it_goes_on()
    {
        await using var node = new JournalNode(_node.Options);
        await using var stores = await PostgresStores.OpenAsync(_node.Options with { RepeatFor = TimeSpan.Zero }, Never);
        var scribes = Enumerable.Range(0, 20).Select(n => $"run-{n}").ToArray();
        await Task.WhenAll(scribes.Select(scribe => node.WriteAsync(scribe, "before")));
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);

        await _server.FreezeAsync();
        var clock = Stopwatch.StartNew();
        var during = scribes.Select(scribe => node.WriteAsync(scribe, "during")).ToArray();
        var fault = await Record.ExceptionAsync(() => stores.Guard.ReserveAsync(Sample.Reservations(1), Never));
        var ended = clock.Elapsed;
        await _server.ThawAsync();
        clock.Restart();
        await Task.WhenAll(during);

        Assert.IsType<StorageException>(fault);
        Assert.InRange(ended, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Single(await stores.Guard.ReserveAsync(Sample.Reservations(1), Never));
        await using var reader = new JournalNode(_node.Options);
        foreach (var scribe in scribes)
        {
            Assert.Equal(["before", "during"], await reader.ReadAsync(scribe));
        }
    }

    [Fact]
    public async Task A_commit_that_was_reported_as_failed_but_happened_is_found_by_whoever_repeats_it()
    {
        await using var node = new JournalNode(_node.Options);
        await using var stores = await PostgresStores.OpenAsync(_node.Options, Never);
        await node.WriteAsync("run", "first");
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);

        // Whoever commits now has committed, and waits for a standby that does not exist.
        await SetStandbyAsync("ghost");
        node.Tell("run", "second");
        var claim = stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never);
        await CutThoseWhoWaitAsync();
        await SetStandbyAsync("");

        Assert.Equal([true], await claim);
        Assert.Equal([false], await stores.Guard.GrantsAsync([Sample.Claim(0, "another")], Sample.Lease, Never));
        Assert.Equal(["first", "second"], await node.ReadAsync("run"));
        await node.WriteAsync("run", "third");
        Assert.Equal(["first", "second", "third"], await node.ReadAsync("run"));
    }

    /// <summary>
    /// As when the disk refuses to flush a commit: its process aborts, the server ends all others and recovers by itself,
    /// and nobody is told what became of what.
    /// </summary>
    /// <param name="stored">Whether the commit is found after the recovery, or nothing of it.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("fault", "F26")]
    public async Task A_server_that_panics_in_the_middle_of_a_commit_leaves_one_effect_whatever_became_of_it(bool stored)
    {
        await using var node = new JournalNode(_node.Options);
        await using var stores = await PostgresStores.OpenAsync(_node.Options, Never);
        await node.WriteAsync("run", "first");
        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        await using var holder = await _node.Schema.ConnectAsync();
        await using var held = await holder.BeginTransactionAsync();
        if (stored)
        {
            await SetStandbyAsync("ghost");
        }
        else
        {
            await holder.ExecuteAsync("SELECT 1 FROM guard FOR UPDATE; LOCK TABLE journal IN SHARE MODE");
        }

        var writing = node.WriteAsync("run", "second");
        var claim = stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never);
        await PostgresServer.AbortAsync(await ThoseWhoWaitAsync(stored ? "wait_event = 'SyncRep'" : "wait_event_type = 'Lock'"));
        await LostAsync(holder);
        await _server.IsBackAsync();
        await SetStandbyAsync("");

        Assert.Equal([true], await claim);
        await writing;
        Assert.Equal([false], await stores.Guard.GrantsAsync([Sample.Claim(0, "another")], Sample.Lease, Never));
        await using var reader = new JournalNode(_node.Options);
        Assert.Equal(["first", "second"], await reader.ReadAsync("run"));
    }

    /// <summary>Completes when the server has ended the session.</summary>
    private static async Task LostAsync(NpgsqlConnection connection)
    {
        var clock = Stopwatch.StartNew();
        while (await Record.ExceptionAsync(() => connection.ExecuteAsync("SELECT 1")) is null)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "The server goes on.");
        }
    }

    private async Task SetStandbyAsync(string name)
    {
        await _server.ExecuteAsync($"ALTER SYSTEM SET synchronous_standby_names = '{name}'");
        await _server.ExecuteAsync("SELECT pg_reload_conf()");
        await using var connection = await _node.Schema.ConnectAsync();
        while (await connection.ExecuteScalarAsync<string>("SHOW synchronous_standby_names") != name)
        {
            await Task.Yield();
        }
    }

    private async Task CutThoseWhoWaitAsync()
    {
        var waiting = await ThoseWhoWaitAsync("wait_event = 'SyncRep'");
        await using var connection = await _node.Schema.ConnectAsync();
        await connection.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM unnest(@waiting) AS pid", new { waiting });
    }

    /// <returns>The two processes of the server that write for the node, and its entry and its claim wait in.</returns>
    private async Task<int[]> ThoseWhoWaitAsync(string condition)
    {
        await using var connection = await _node.Schema.ConnectAsync();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var waiting = (await connection.QueryAsync<int>(
                $"SELECT pid FROM pg_stat_activity WHERE usename = '{_node.Role}' AND {condition}")).ToArray();
            if (waiting.Length == 2)
            {
                return waiting;
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{waiting.Length} wait.");
        }
    }
}
