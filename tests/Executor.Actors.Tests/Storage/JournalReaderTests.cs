using System.Text;
using Dapper;
using Executor.Core;
using Executor.Storage;
using Microsoft.Data.Sqlite;

namespace Executor.Actors.Tests.Storage;

public sealed class JournalReaderTests
{
    private const string Table =
        """
        CREATE TABLE journal (
            ordering INTEGER PRIMARY KEY AUTOINCREMENT, created BIGINT NOT NULL, deleted BIT NOT NULL,
            persistence_id VARCHAR(255) NOT NULL, sequence_number BIGINT NOT NULL, message BLOB NOT NULL,
            manifest VARCHAR(500), identifier INTEGER, writer_uuid VARCHAR(128))
        """;

    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Ids_are_paged_in_order_and_entries_come_in_order_of_sequence()
    {
        using var directory = new DataDirectory();
        using var journal = Journal(directory);
        for (var sequence = 500; sequence > 0; sequence--)
        {
            Add(journal, "run-2", sequence);
        }

        Add(journal, "run-1", 1);
        Add(journal, "run-3", 1);
        var reader = Reader(directory);

        Assert.Equal(["run-1", "run-2"], await reader.PersistenceIdsAsync(null, 2, Never));
        Assert.Equal(["run-3"], await reader.PersistenceIdsAsync("run-2", 2, Never));
        var entries = await EntriesAsync(reader, "run-2");
        Assert.Equal(Enumerable.Range(1, 500).Select(n => (long)n), entries.Select(entry => entry.Sequence));
        var last = entries[^1];
        Assert.Equal((Noon.AddTicks(500), "e.v1"), (last.CreatedAt, last.Manifest));
        Assert.Equal("run-2 500", Encoding.UTF8.GetString(last.Payload.Span));
        Assert.Empty(await EntriesAsync(reader, "nobody"));
    }

    [Fact]
    public async Task Deleted_entries_are_left_out()
    {
        using var directory = new DataDirectory();
        using var journal = Journal(directory);
        Add(journal, "run-1", 1);
        Add(journal, "run-1", 2);
        Add(journal, "run-2", 1);
        journal.Execute("UPDATE journal SET deleted = 1 WHERE sequence_number = 1");
        var reader = Reader(directory);

        Assert.Equal(["run-1"], await reader.PersistenceIdsAsync(null, 9, Never));
        Assert.Equal([2], (await EntriesAsync(reader, "run-1")).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task It_reads_beside_a_writer_in_the_middle_of_a_transaction()
    {
        using var directory = new DataDirectory();
        using var journal = Journal(directory);
        Add(journal, "run-1", 1);
        var reader = Reader(directory);
        using var open = journal.BeginTransaction(deferred: false);
        Add(journal, "run-1", 2, open);

        Assert.Equal([1], (await EntriesAsync(reader, "run-1")).Select(entry => entry.Sequence));
        open.Commit();
        Assert.Equal([1, 2], (await EntriesAsync(reader, "run-1")).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task It_reads_what_a_killed_process_has_left_in_its_write_ahead_log()
    {
        using var directory = new DataDirectory();
        using var killed = new DataDirectory();
        using var journal = Journal(directory);
        Add(journal, "run-1", 1);
        foreach (var file in new[] { "journal.db", "journal.db-wal" })
        {
            File.Copy(Path.Combine(directory.Path, file), Path.Combine(killed.Path, file));
        }

        var reader = Reader(killed);

        Assert.Single(await EntriesAsync(reader, "run-1"));
    }

    [Fact]
    public async Task The_unique_key_is_found_only_where_it_is_whole()
    {
        using var directory = new DataDirectory();
        using var journal = Journal(directory);
        var reader = Reader(directory);

        Assert.False(await reader.HasUniqueKeyAsync(Never));
        journal.Execute("CREATE INDEX plain ON journal (persistence_id, sequence_number)");
        Assert.False(await reader.HasUniqueKeyAsync(Never));
        journal.Execute("CREATE UNIQUE INDEX three ON journal (persistence_id, sequence_number, deleted)");
        Assert.False(await reader.HasUniqueKeyAsync(Never));
        journal.Execute("CREATE UNIQUE INDEX half ON journal (persistence_id, sequence_number) WHERE deleted = 0");
        Assert.False(await reader.HasUniqueKeyAsync(Never));
        journal.Execute("CREATE UNIQUE INDEX journal_uq ON journal (sequence_number, persistence_id)");
        Assert.True(await reader.HasUniqueKeyAsync(Never));
    }

    [Fact]
    public async Task Where_there_is_no_journal_the_reader_says_so_and_makes_none()
    {
        using var directory = new DataDirectory();
        var reader = Reader(directory);

        var fault = await Assert.ThrowsAsync<StorageException>(() => reader.PersistenceIdsAsync(null, 9, Never));

        var file = SqliteStores.JournalFile(directory.Path);
        Assert.StartsWith($"'{file}' cannot be opened.", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task It_cannot_write()
    {
        using var directory = new DataDirectory();
        using var journal = Journal(directory);
        var database = new Database(SqliteStores.JournalFile(directory.Path), TimeProvider.System);

        var fault = await Assert.ThrowsAsync<StorageException>(
            () => database.ReadAsync(connection => connection.Execute("DELETE FROM journal"), Never));

        Assert.Contains("may not be written", fault.Message, StringComparison.Ordinal);
    }

    private static JournalReader Reader(DataDirectory directory) =>
        new(new Database(SqliteStores.JournalFile(directory.Path), TimeProvider.System), UniqueKeyCheck.Keys);

    private static SqliteConnection Journal(DataDirectory directory)
    {
        var connection = directory.Connect(SqliteStores.JournalFile(directory.Path));
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute(Table);
        return connection;
    }

    private static void Add(SqliteConnection journal, string id, long sequence, SqliteTransaction? inside = null) =>
        journal.Execute(
            """
            INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier)
            VALUES (@created, 0, @id, @sequence, @message, 'e.v1', 900)
            """,
            new
            {
                created = Noon.AddTicks(sequence).UtcTicks,
                id,
                sequence,
                message = Encoding.UTF8.GetBytes($"{id} {sequence}"),
            },
            inside);

    private static async Task<List<JournalRow>> EntriesAsync(JournalReader reader, string id)
    {
        var entries = new List<JournalRow>();
        await foreach (var entry in reader.EntriesAsync(id, after: 0, Never))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
