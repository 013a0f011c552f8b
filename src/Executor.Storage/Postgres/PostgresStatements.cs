using Dapper;
using Executor.Storage.People;

namespace Executor.Storage.Postgres;

internal sealed class PostgresStatements(PostgresDatabase database) : IStatements
{
    public Task<int> ExecuteAsync(string sql, object values, CancellationToken stop) => database.RunAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: stop)), stop);
}
