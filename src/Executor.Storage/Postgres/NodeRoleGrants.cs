using Dapper;
using Npgsql;

namespace Executor.Storage.Postgres;

/// <summary>What the role of the nodes may do, and how long its sessions may wait.</summary>
/// <remarks>
/// The limits stand on the role, so that no node can start without them. A node that is frozen between a statement and
/// its commit holds locks that its successor waits for: the server ends its transaction, or the successor's wait.
/// </remarks>
internal static class NodeRoleGrants
{
    // Nothing in the journal, the results or the audit is ever changed or removed, whoever gets hold of a node.
    private static readonly (string Table, string Rights)[] Rights =
    [
        ("schema_version", "SELECT"),
        ("guard", "SELECT, INSERT, UPDATE"),
        ("run", "SELECT, INSERT, UPDATE"),
        ("execution", "SELECT, INSERT, UPDATE"),
        ("inquiry", "SELECT, INSERT, UPDATE"),
        ("result", "SELECT, INSERT"),
        ("workflow", "SELECT, INSERT"),
        ("workflow_version", "SELECT, INSERT"),
        ("api_key", "SELECT, INSERT, UPDATE"),
        ("audit", "SELECT, INSERT"),
        ("cluster_charter", "SELECT, INSERT, UPDATE, DELETE"),
        ("due", "SELECT, INSERT, UPDATE, DELETE"),
        ("journal", "SELECT, INSERT"),
        ("tags", "SELECT, INSERT"),
        ("snapshot", "SELECT, INSERT, UPDATE, DELETE"),
    ];

    private static readonly (string Setting, string Value)[] Limits =
    [
        ("idle_in_transaction_session_timeout", "2s"),
        ("lock_timeout", "1500ms"),
        ("statement_timeout", "2500ms"),
        ("tcp_keepalives_idle", "5"),
        ("tcp_keepalives_interval", "2"),
        ("tcp_keepalives_count", "3"),
        ("tcp_user_timeout", "8000"),
        // A commit that was answered is on the disk, whatever the server's default.
        ("synchronous_commit", "on"),
    ];

    /// <summary>Repeating it changes nothing; rights that the role has got otherwise in this schema are taken away.</summary>
    public static async Task ApplyAsync(NpgsqlConnection connection, string schema, NodeRole role)
    {
        var known = await connection.ExecuteScalarAsync<bool>(
            "SELECT count(*) > 0 FROM pg_roles WHERE rolname = @Name", new { role.Name });
        var name = $"\"{role.Name}\"";
        var statements = new List<string>();
        if (!known)
        {
            statements.Add($"CREATE ROLE {name} LOGIN");
        }

        if (role.Password is not null)
        {
            statements.Add($"ALTER ROLE {name} LOGIN PASSWORD '{ScramVerifier.Of(role.Password)}'");
        }

        var database = connection.Database.Replace("\"", "\"\"", StringComparison.Ordinal);
        statements.AddRange(Limits.Select(
            limit => $"ALTER ROLE {name} IN DATABASE \"{database}\" SET {limit.Setting} = '{limit.Value}'"));
        statements.Add($"GRANT USAGE ON SCHEMA \"{schema}\" TO {name}");
        statements.Add($"REVOKE ALL ON ALL TABLES IN SCHEMA \"{schema}\" FROM {name}");
        statements.AddRange(Rights.Select(right => $"GRANT {right.Rights} ON {right.Table} TO {name}"));
        await connection.ExecuteAsync(string.Join(";\n", statements));
    }
}
