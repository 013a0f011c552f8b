using Executor.Core;
using Executor.Storage.Reading;

namespace Executor.Storage.People;

internal sealed class Audit(IQueries queries, IStatements statements) : IAudit
{
    private const string Append =
        """
        INSERT INTO audit (at, principal, address, request_id, action, object, outcome)
        VALUES (@At, @Principal, @Address, @RequestId, @Action, @Object, @Outcome)
        """;

    private const string Latest =
        """
        SELECT at AS "At", principal AS "Principal", address AS "Address", request_id AS "RequestId",
            action AS "Action", object AS "Object", outcome AS "Outcome"
        FROM audit ORDER BY number DESC LIMIT @limit
        """;

    public Task AppendAsync(AuditRow row, CancellationToken stop) => statements.ExecuteAsync(
        Append,
        new { At = Micros.Of(row.At), row.Principal, row.Address, row.RequestId, row.Action, row.Object, row.Outcome },
        stop);

    public async Task<IReadOnlyList<AuditRow>> LatestAsync(int limit, CancellationToken stop) =>
        [.. (await queries.QueryAsync<AuditLine>(Latest, new { limit }, stop)).Select(line => line.ToRow())];
}
