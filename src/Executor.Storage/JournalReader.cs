using System.Runtime.CompilerServices;
using Executor.Core;
using Executor.Storage.Reading;

namespace Executor.Storage;

/// <summary>Reads the journal table of Akka.Persistence.Sql.</summary>
/// <param name="uniqueKeys">Selects, for each unique key of the table, its columns in order of their names, with commas.</param>
internal sealed class JournalReader(IQueries queries, string uniqueKeys) : IJournalReader
{
    private const int PageSize = 200;

    // From each id to the next by the index, however many entries lie between them.
    private const string Ids =
        """
        WITH RECURSIVE ids (id) AS (
            SELECT (SELECT min(persistence_id) FROM journal WHERE persistence_id > @after AND NOT deleted)
            UNION ALL
            SELECT (SELECT min(persistence_id) FROM journal WHERE persistence_id > ids.id AND NOT deleted)
            FROM ids WHERE ids.id IS NOT NULL
        )
        SELECT id FROM ids WHERE id IS NOT NULL LIMIT @limit
        """;

    private const string Entries =
        """
        SELECT sequence_number AS Sequence, created AS Ticks, coalesce(manifest, '') AS Manifest, message AS Payload
        FROM journal
        WHERE persistence_id = @id AND sequence_number > @after AND NOT deleted
        ORDER BY sequence_number LIMIT @limit
        """;

    private const string Feed =
        """
        SELECT ordering AS Number, persistence_id AS Id, sequence_number AS Sequence, created AS Ticks,
            coalesce(manifest, '') AS Manifest, message AS Payload
        FROM journal WHERE ordering > @number AND NOT deleted ORDER BY ordering LIMIT @limit
        """;

    private const string Newest = "SELECT coalesce(max(ordering), 0) FROM journal";

    public Task<IReadOnlyList<string>> PersistenceIdsAsync(string? after, int limit, CancellationToken stop) =>
        queries.QueryAsync<string>(Ids, new { after = after ?? string.Empty, limit }, stop);

    public async IAsyncEnumerable<JournalRow> EntriesAsync(
        string persistenceId, long after, [EnumeratorCancellation] CancellationToken stop)
    {
        // Page by page: a transaction that stayed open while people read would keep old versions of rows alive.
        while (true)
        {
            var values = new { id = persistenceId, after, limit = PageSize };
            var page = await queries.QueryAsync<Line>(Entries, values, stop);
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

    public async Task<IReadOnlyList<FeedRow>> FeedAsync(long after, int limit, CancellationToken stop)
    {
        var lines = await queries.QueryAsync<FeedLine>(Feed, new { number = after, limit }, stop);
        return [.. lines.Select(line => new FeedRow(line.Number, line.Id, line.ToRow()))];
    }

    public async Task<long> NewestAsync(CancellationToken stop) =>
        (await queries.QueryAsync<long>(Newest, new { }, stop)).Single();

    public async Task<bool> HasUniqueKeyAsync(CancellationToken stop) =>
        (await queries.QueryAsync<string>(uniqueKeys, new { }, stop)).Contains("persistence_id,sequence_number");

    private sealed class FeedLine : Line
    {
        public long Number { get; init; }

        public required string Id { get; init; }
    }

    private class Line
    {
        public long Sequence { get; init; }

        public long Ticks { get; init; }

        public required string Manifest { get; init; }

        public required byte[] Payload { get; init; }

        public JournalRow ToRow() => new(Sequence, new DateTimeOffset(Ticks, TimeSpan.Zero), Manifest, Payload);
    }
}
