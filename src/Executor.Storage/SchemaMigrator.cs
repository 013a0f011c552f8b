using System.Globalization;
using Dapper;
using Executor.Core;
using Microsoft.Data.Sqlite;

namespace Executor.Storage;

/// <summary>Brings a database to the schema of this program: the embedded <c>Schema/000N_*.sql</c>, each once, in order.</summary>
internal static class SchemaMigrator
{
    private static readonly (long Version, string Name)[] Steps =
    [
        .. typeof(SchemaMigrator).Assembly.GetManifestResourceNames()
            .Order(StringComparer.Ordinal)
            .Select(name => (long.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name)),
    ];

    /// <summary>The newest version that this program knows.</summary>
    public static long Newest => Steps[^1].Version;

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

        foreach (var (version, name) in Steps.Where(step => step.Version > found))
        {
            connection.Execute(Text(name), transaction: transaction);
            connection.Execute(
                "INSERT INTO schema_version (version, applied_at) VALUES (@version, executor_now())",
                new { version },
                transaction);
        }

        transaction.Commit();
    }

    private static string Text(string name)
    {
        using var stream = typeof(SchemaMigrator).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
