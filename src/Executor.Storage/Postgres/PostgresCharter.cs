using Dapper;
using Executor.Core;

namespace Executor.Storage.Postgres;

internal sealed class PostgresCharter(PostgresDatabase database) : IClusterCharter
{
    // Locked for a moment, so that it cannot be read where it cannot be renewed: at a standby, for instance, which
    // becomes the primary with a beat that nobody was able to move.
    private const string Read =
        """SELECT id AS "Id", beat AS "Beat", alone AS "Alone" FROM cluster_charter FOR UPDATE""";

    // A founding whose answer was lost is repeated, and finds its own row.
    private const string Found =
        """
        INSERT INTO cluster_charter AS found (id, beat, alone) VALUES (@id, 1, @alone)
        ON CONFLICT (only_one) DO UPDATE SET id = excluded.id, beat = found.beat + 1, alone = excluded.alone
        WHERE found.id = excluded.id OR (found.id = @seenId AND found.beat = @seenBeat)
        """;

    private const string Renew = "UPDATE cluster_charter SET beat = beat + 1, alone = @alone WHERE id = @id";

    private const string Release = "DELETE FROM cluster_charter WHERE id = @id";

    public async Task<Charter?> ReadAsync(CancellationToken stop) =>
        (await database.QueryAsync<Charter>(Read, new { }, stop)).SingleOrDefault();

    public async Task<bool> FoundAsync(string id, string alone, Charter? seen, CancellationToken stop) =>
        await ChangeAsync(Found, new { id, alone, seenId = seen?.Id, seenBeat = seen?.Beat }, stop) == 1;

    public async Task<bool> RenewAsync(string id, string? alone, CancellationToken stop) =>
        await ChangeAsync(Renew, new { id, alone }, stop) == 1;

    public Task ReleaseAsync(string id, CancellationToken stop) => ChangeAsync(Release, new { id }, stop);

    private Task<int> ChangeAsync(string sql, object values, CancellationToken stop) => database.RunAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: stop)), stop);
}
