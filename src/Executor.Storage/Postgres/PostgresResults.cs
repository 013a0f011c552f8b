using Executor.Core;
using Npgsql;
using NpgsqlTypes;

namespace Executor.Storage.Postgres;

internal sealed class PostgresResults(PostgresDatabase database) : IResultStore
{
    // In order, so that all who store the same rows wait for each other in the same order.
    private const string Store =
        """
        INSERT INTO result (id, run, stored_at, content)
        SELECT DISTINCT ON (id) id, run, executor_now(), content
        FROM unnest(@ids, @runs, @contents) AS given (id, run, content) ORDER BY id
        ON CONFLICT (id) DO NOTHING
        """;

    private const string Fetch = "SELECT id, content FROM result WHERE id = ANY (@ids)";

    public Task StoreAsync(IReadOnlyList<ResultRow> batch, CancellationToken stop) => database.RunAsync(
        async connection =>
        {
            List<ResultRow> rows = [.. batch];
            await using var command = new NpgsqlCommand(Store, connection);
            command.Parameters.Texts("ids", rows, row => row.Id).Texts("runs", rows, row => row.Run.Text);
            command.Parameters.Add(new NpgsqlParameter<byte[][]>("contents", NpgsqlDbType.Array | NpgsqlDbType.Bytea)
            {
                TypedValue = [.. rows.Select(row => row.Json.ToArray())],
            });
            return await command.ExecuteNonQueryAsync(stop);
        },
        stop);

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> FetchAsync(IReadOnlyList<string> ids, CancellationToken stop)
    {
        var rows = await database.RowsAsync(
            Fetch,
            values => values.Texts("ids", [.. ids], id => id),
            row => (Id: row.GetString(0), Content: (byte[])row.GetValue(1)),
            stop);
        var found = rows.ToDictionary(row => row.Id, row => row.Content, StringComparer.Ordinal);
        return [.. ids.Select(id => found.TryGetValue(id, out var content) ? content : (ReadOnlyMemory<byte>?)null)];
    }
}
