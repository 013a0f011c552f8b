using Dapper;
using Executor.Actors.Journal;
using Executor.Actors.Tests.Servers;
using Executor.Core;
using Executor.Storage.Postgres;
using Npgsql;

namespace Executor.Actors.Tests.Journal.Postgres;

/// <summary>What writers of one journal do to each other.</summary>
public sealed class WriterTests
{
    private const string Count = "SELECT count(*) FROM journal";

    [Fact]
    public async Task A_run_that_moves_to_another_node_and_back_keeps_all_its_entries()
    {
        await using var node = await TestNode.MadeAsync();
        await using (var a = new JournalNode(node.Options))
        {
            foreach (var word in new[] { "a0", "a1", "a2" })
            {
                await a.WriteAsync("run", word);
            }

            await using (var b = new JournalNode(node.Options))
            {
                await b.WriteAsync("run", "b0");
                await b.WriteAsync("run", "b1");
            }

            // The actor that stayed at A is stale: its first try fails on the key, and it comes back with all there is.
            await a.WriteAsync("run", "A0");
            await a.WriteAsync("run", "A1");
        }

        await using var last = new JournalNode(node.Options);
        Assert.Equal(["a0", "a1", "a2", "b0", "b1", "A0", "A1"], await last.ReadAsync("run"));
    }

    [Fact]
    public async Task A_write_that_is_refused_stops_others_in_its_transaction_for_a_moment_only()
    {
        await using var node = await TestNode.MadeAsync();
        await using var a = new JournalNode(node.Options);
        await using var b = new JournalNode(node.Options);
        var innocent = Enumerable.Range(0, 60).Select(n => $"innocent-{n}").ToArray();
        await Task.WhenAll(innocent.Append("stale").Select(scribe => a.WriteAsync(scribe, "first")));
        await b.WriteAsync("stale", "of another node");

        foreach (var scribe in innocent.Take(30).Append("stale").Concat(innocent.Skip(30)))
        {
            a.Tell(scribe, "at the same time");
        }

        var gaps = await Task.WhenAll(innocent.Select(scribe => a.WriteAsync(scribe, "last")));

        Assert.True(gaps.Max() < TimeSpan.FromSeconds(15), $"The longest gap is {gaps.Max()}.");
        Assert.InRange(gaps.Order().ElementAt(30), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        foreach (var scribe in innocent)
        {
            var words = await b.ReadAsync(scribe);
            Assert.Equal(("first", "last"), (words[0], words[^1]));
        }

        await a.WriteAsync("stale", "back");
        Assert.Equal(["first", "of another node", "back"], (await a.ReadAsync("stale")).Except(["at the same time"]));
    }

    [Fact]
    [Trait("fault", "F28")]
    public async Task A_frozen_owner_in_the_middle_of_a_commit_keeps_its_successor_waiting_for_a_moment_only()
    {
        await using var node = await TestNode.MadeAsync();
        await using var successor = new JournalNode(node.Options);
        await successor.WriteAsync("run", "first");
        await using var frozen = await node.ConnectAsync();
        await using var held = await frozen.BeginTransactionAsync();
        await frozen.ExecuteAsync(
            """
            INSERT INTO journal (created, deleted, persistence_id, sequence_number, message)
            VALUES (0, false, 'run', 2, '')
            """);

        var gap = await successor.WriteAsync("run", "second");

        Assert.InRange(gap, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<Exception>(() => held.CommitAsync());
        Assert.Equal("first second", string.Join(' ', await successor.ReadAsync("run")));
    }

    [Fact]
    public async Task Entries_of_one_run_are_never_torn_however_often_connections_are_cut()
    {
        await using var node = await TestNode.MadeAsync();
        await using var writer = new JournalNode(node.Options);
        var scribes = Enumerable.Range(0, 10).Select(n => $"run-{n}").ToArray();
        var writing = Task.WhenAll(scribes.Select(async scribe =>
        {
            for (var word = 0; word < 10; word++)
            {
                await writer.WriteAsync(scribe, $"{word}");
            }
        }));
        await using var connection = await node.Schema.ConnectAsync();
        for (var cut = 0; cut < 8; cut++)
        {
            while (!writing.IsCompleted && await connection.ExecuteScalarAsync<int>(Count) <= cut * 10)
            {
                await Task.Yield();
            }

            await connection.ExecuteAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{node.Role}'");
        }

        await writing;

        await using var reader = new JournalNode(node.Options);
        foreach (var scribe in scribes)
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(word => $"{word}"), await reader.ReadAsync(scribe));
        }

        Assert.Empty(await connection.QueryAsync<string>(
            """
            SELECT persistence_id FROM journal GROUP BY persistence_id
            HAVING max(sequence_number) <> count(*) OR min(sequence_number) <> 1
            """));
    }

    [Fact]
    [Trait("fault", "F22")]
    public async Task A_start_asks_again_when_the_database_does_not_answer_at_once()
    {
        await using var schema = await TestSchema.MadeAsync();
        var server = new NpgsqlConnectionStringBuilder(schema.Options.Connection);
        await using var door = new DeafDoor(server.Host!, server.Port, deafTo: 1);
        var through = new NpgsqlConnectionStringBuilder(server.ToString())
        {
            Host = "127.0.0.1",
            Port = door.Port,
            SslMode = SslMode.Disable,
        };
        var options = JournalNode.Options(new PostgresOptions
        {
            Connection = through.ToString(),
            Schema = schema.Options.Schema,
        });

        await JournalAccess.PrepareAsync(
            options.JournalDatabase, JournalAccess.OptionsOf(options.JournalDatabase, options.Journal),
            CancellationToken.None);

        Assert.True(door.Came >= 2, $"{door.Came} came.");
    }

    [Fact]
    public async Task Without_its_unique_key_no_node_starts()
    {
        await using var schema = await TestSchema.MadeAsync();
        await schema.ExecuteAsync("ALTER TABLE journal DROP CONSTRAINT journal_key");
        var options = JournalNode.Options(schema.Options);

        var fault = await Assert.ThrowsAsync<StorageException>(() => JournalAccess.PrepareAsync(
            options.JournalDatabase, JournalAccess.OptionsOf(options.JournalDatabase, options.Journal),
            CancellationToken.None));

        Assert.Contains("Run 'executor migrate' first.", fault.Message, StringComparison.Ordinal);
    }
}
