using System.Text;
using Executor.Actors.Tests.Servers;
using Executor.Core;
using Executor.Storage.Postgres;

namespace Executor.Actors.Tests.Storage.Postgres;

public sealed class JournalReaderTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Ids_are_paged_in_order_and_entries_come_in_order_of_sequence_without_the_deleted()
    {
        await using var schema = await TestSchema.MadeAsync();
        await schema.ExecuteAsync(
            """
            INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest)
            SELECT n, n = 3, 'run-2', n, n::TEXT::BYTEA, 'e.v1' FROM generate_series(500, 1, -1) AS n
            UNION ALL SELECT 1, false, 'run-1', 1, '', NULL
            UNION ALL SELECT 1, true, 'run-3', 1, '', NULL
            UNION ALL SELECT 1, false, 'Run-4', 1, '', NULL
            """);
        await using var stores = await schema.OpenAsync();

        Assert.Equal(["Run-4", "run-1"], await stores.Journal.PersistenceIdsAsync(null, 2, Never));
        Assert.Equal(["run-2"], await stores.Journal.PersistenceIdsAsync("run-1", 2, Never));
        var entries = await EntriesAsync(stores, "run-2");
        Assert.Equal(Enumerable.Range(1, 500).Where(n => n != 3).Select(n => (long)n), entries.Select(one => one.Sequence));
        Assert.Equal(("e.v1", new DateTimeOffset(500, TimeSpan.Zero)), (entries[^1].Manifest, entries[^1].CreatedAt));
        Assert.Equal("500", Encoding.UTF8.GetString(entries[^1].Payload.Span));
        Assert.Equal(string.Empty, Assert.Single(await EntriesAsync(stores, "run-1")).Manifest);
        Assert.Empty(await EntriesAsync(stores, "nobody"));
    }

    [Fact]
    public async Task The_unique_key_is_found_only_where_it_is_whole()
    {
        await using var schema = await TestSchema.MadeAsync();
        await using var stores = await schema.OpenAsync();
        await schema.ExecuteAsync("ALTER TABLE journal DROP CONSTRAINT journal_key");

        foreach (var (sql, whole) in new[]
        {
            ("CREATE INDEX plain ON journal (persistence_id, sequence_number)", false),
            ("CREATE UNIQUE INDEX three ON journal (persistence_id, sequence_number, deleted)", false),
            ("CREATE UNIQUE INDEX half ON journal (persistence_id, sequence_number) WHERE NOT deleted", false),
            ("CREATE UNIQUE INDEX part ON journal (persistence_id) INCLUDE (sequence_number)", false),
            ("CREATE UNIQUE INDEX made ON journal (persistence_id, (sequence_number + 0))", false),
            ("CREATE UNIQUE INDEX other ON journal (sequence_number, persistence_id)", true),
        })
        {
            await schema.ExecuteAsync(sql);
            Assert.Equal(whole, await stores.Journal.HasUniqueKeyAsync(Never));
        }
    }

    private static async Task<List<JournalRow>> EntriesAsync(PostgresStores stores, string id)
    {
        var entries = new List<JournalRow>();
        await foreach (var entry in stores.Journal.EntriesAsync(id, Never))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
