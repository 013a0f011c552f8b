using Dapper;

namespace Executor.Storage.Postgres;

/// <summary>Whether the sessions of this login have the limits without which one frozen node can hold up the others.</summary>
internal static class SessionLimits
{
    // Where the server runs on a socket of the machine there is no TCP to be limited.
    private const string Missing =
        """
        SELECT name FROM pg_settings
        WHERE (name IN ('idle_in_transaction_session_timeout', 'lock_timeout', 'statement_timeout') AND setting = '0')
            OR (name = 'tcp_user_timeout' AND setting = '0' AND inet_server_addr() IS NOT NULL)
            OR (name = 'synchronous_commit' AND setting IN ('off', 'local'))
        ORDER BY name
        """;

    /// <returns>Names of the settings, in order; empty when all is well.</returns>
    public static Task<IReadOnlyList<string>> MissingAsync(PostgresDatabase database, CancellationToken stop) =>
        database.RunAsync<IReadOnlyList<string>>(
            async connection => (await connection.QueryAsync<string>(new CommandDefinition(Missing, cancellationToken: stop))).AsList(),
            stop);
}
