using Executor.Core;
using Executor.Storage.Reading;

namespace Executor.Storage.People;

internal sealed class ApiKeys(IQueries queries, IStatements statements) : IApiKeys
{
    private const string Columns =
        """
        id AS "Id", hash AS "Hash", name AS "Name", role AS "Role", created_at AS "CreatedAt",
        expires_at AS "ExpiresAt", revoked_at AS "RevokedAt"
        """;

    private const string Add =
        """
        INSERT INTO api_key (id, hash, name, role, created_at, expires_at, revoked_at)
        VALUES (@Id, @Hash, @Name, @Role, @CreatedAt, @ExpiresAt, @RevokedAt)
        """;

    private const string Find = $"SELECT {Columns} FROM api_key WHERE id = @id";

    private const string List = $"SELECT {Columns} FROM api_key ORDER BY created_at, id";

    private const string Revoke = "UPDATE api_key SET revoked_at = @at WHERE id = @id AND revoked_at IS NULL";

    public Task AddAsync(ApiKey key, CancellationToken stop) =>
        statements.ExecuteAsync(Add, KeyLine.Of(key), stop);

    public async Task<ApiKey?> FindAsync(string id, CancellationToken stop) =>
        (await queries.QueryAsync<KeyLine>(Find, new { id }, stop)).SingleOrDefault()?.ToKey();

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken stop) =>
        [.. (await queries.QueryAsync<KeyLine>(List, new { }, stop)).Select(line => line.ToKey())];

    public async Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken stop) =>
        await statements.ExecuteAsync(Revoke, new { id, at = Micros.Of(at) }, stop) == 1;
}
