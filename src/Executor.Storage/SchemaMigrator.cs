using Dapper;
using Executor.Core;
using Microsoft.Data.Sqlite;

namespace Executor.Storage;

/// <summary>Brings a database to the schema of this program: the embedded <c>Schema/000N_*.sql</c>, each once, in order.</summary>
internal static class SchemaMigrator
{
    /// <summary>The newest version that this program knows.</summary>
    public static long Newest => SchemaSteps.Sqlite[^1].Version;

    /// <summary>Safe while other processes do the same.</summary>
    /// <exception cref="StorageException">The database is newer than this program.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(
            "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT",
            transaction: transaction);
        var found = connection.ExecuteScalar<long?>(
            "SELECT max(version) FROM schema_version", transaction: transaction) ?? 0;
        if (found > Newest)
        {
            throw new StorageException(
                $"'{connection.DataSource}' has schema version {found}, and this program knows versions up to {Newest}: "
                + "use a program that is at least as new as the one that has written it.");
        }

        foreach (var step in SchemaSteps.Sqlite.Where(step => step.Version > found))
        {
            connection.Execute(step.Sql, transaction: transaction);
            connection.Execute(
                "INSERT INTO schema_version (version, applied_at) VALUES (@Version, executor_now())",
                new { step.Version },
                transaction);
        }

        transaction.Commit();
    }
}
