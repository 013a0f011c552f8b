using Executor.Core;
using Executor.Storage.Writing;

namespace Executor.Storage;

internal sealed class WorkflowCatalog(SqliteWriter writer, Database database) : IWorkflowCatalog
{
    // Shared by all databases.
    internal const string Store =
        """
        INSERT INTO workflow (hash, reference, source, stored_at) VALUES (@hash, @reference, @source, executor_now())
        ON CONFLICT (hash) DO NOTHING
        """;

    internal const string Source = "SELECT source FROM workflow WHERE hash = @hash";

    public Task StoreAsync(string hash, string reference, string source, CancellationToken stop) => writer.RunAsync(
        session => session.Prepare(Store)
            .Set("@hash", hash)
            .Set("@reference", reference)
            .Set("@source", source)
            .Execute(),
        stop);

    public async Task<string?> SourceAsync(string hash, CancellationToken stop) =>
        (await database.QueryAsync<string>(Source, new { hash }, stop)).SingleOrDefault();
}
