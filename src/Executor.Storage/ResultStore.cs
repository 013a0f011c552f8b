using Dapper;
using Executor.Core;
using Executor.Storage.Writing;

namespace Executor.Storage;

internal sealed class ResultStore(SqliteWriter writer, Database database) : IResultStore
{
    private const string Store =
        """
        INSERT INTO result (id, run, stored_at, content) VALUES (@id, @run, executor_now(), @content)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string Fetch = "SELECT content FROM result WHERE id = @id";

    public Task StoreAsync(IReadOnlyList<ResultRow> batch, CancellationToken stop) => writer.RunAsync(
        session =>
        {
            foreach (var row in batch)
            {
                session.Prepare(Store)
                    .Set("@id", row.Id)
                    .Set("@run", row.Run.Text)
                    .Set("@content", row.Json.ToArray())
                    .Execute();
            }

            return batch.Count;
        },
        stop);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>?>> FetchAsync(
        IReadOnlyList<string> ids, CancellationToken stop) =>
        database.ReadAsync<IReadOnlyList<ReadOnlyMemory<byte>?>>(
            connection =>
            [
                .. ids.Select(id => connection.QuerySingleOrDefault<byte[]?>(Fetch, new { id }))
                    .Select(content => content is null ? (ReadOnlyMemory<byte>?)null : content),
            ],
            stop);
}
