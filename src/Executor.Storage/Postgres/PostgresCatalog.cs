using Dapper;
using Executor.Core;

namespace Executor.Storage.Postgres;

internal sealed class PostgresCatalog(PostgresDatabase database) : IWorkflowCatalog
{
    public Task StoreAsync(string hash, string reference, string source, CancellationToken stop) => database.RunAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(
            WorkflowCatalog.Store, new { hash, reference, source }, cancellationToken: stop)),
        stop);

    public async Task<string?> SourceAsync(string hash, CancellationToken stop) =>
        (await database.QueryAsync<string>(WorkflowCatalog.Source, new { hash }, stop)).SingleOrDefault();
}
