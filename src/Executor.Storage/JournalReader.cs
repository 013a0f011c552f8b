using System.Runtime.CompilerServices;
using Dapper;
using Executor.Core;

namespace Executor.Storage;

/// <summary>Reads the journal table of Akka.Persistence.Sql in SQLite.</summary>
internal sealed class JournalReader(string file) : IJournalReader
{
    private const int PageSize = 200;

    private const string Ids =
        """
        SELECT DISTINCT persistence_id FROM journal
        WHERE persistence_id > @after AND deleted = 0
        ORDER BY persistence_id LIMIT @limit
        """;

    private const string Entries =
        """
        SELECT sequence_number AS Sequence, created AS Ticks, coalesce(manifest, '') AS Manifest, message AS Payload
        FROM journal
        WHERE persistence_id = @id AND sequence_number > @after AND deleted = 0
        ORDER BY sequence_number LIMIT @limit
        """;

    private readonly Database _database = new(file, TimeProvider.System);

    public Task<IReadOnlyList<string>> PersistenceIdsAsync(string? after, int limit, CancellationToken stop) =>
        _database.ReadAsync<IReadOnlyList<string>>(
            connection => [.. connection.Query<string>(Ids, new { after = after ?? string.Empty, limit })],
            stop);

    public async IAsyncEnumerable<JournalRow> EntriesAsync(
        string persistenceId, [EnumeratorCancellation] CancellationToken stop)
    {
        // Page by page: a transaction that stayed open while people read would keep the WAL from being emptied.
        var after = 0L;
        while (true)
        {
            var values = new { id = persistenceId, after, limit = PageSize };
            var page = await _database.ReadAsync(connection => connection.Query<Line>(Entries, values).AsList(), stop);
            foreach (var line in page)
            {
                yield return line.ToRow();
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = page[^1].Sequence;
        }
    }

    public Task<bool> HasUniqueKeyAsync(CancellationToken stop) => _database.ReadAsync(UniqueKeyCheck.IsThere, stop);

    public void Release() => _database.Release();

    private sealed class Line
    {
        public long Sequence { get; init; }

        public long Ticks { get; init; }

        public required string Manifest { get; init; }

        public required byte[] Payload { get; init; }

        public JournalRow ToRow() => new(Sequence, new DateTimeOffset(Ticks, TimeSpan.Zero), Manifest, Payload);
    }
}
