using System.Data.Common;
using Executor.Core;
using LinqToDB;
using LinqToDB.Data;

namespace Executor.Actors.Journal;

/// <summary>How the journal's plugin reaches each database, and what must be true of its tables before anything starts.</summary>
internal static class JournalAccess
{
    /// <summary>Exactly these names make the plugin and its SQL library speak the dialect.</summary>
    public static string ProviderOf(JournalDatabase database) => database switch
    {
        JournalDatabase.Sqlite => "SQLite.MS",
        JournalDatabase.Postgres => "PostgreSQL.15",
        _ => throw new ArgumentOutOfRangeException(nameof(database), database, "No such database."),
    };

    public static DataOptions OptionsOf(JournalDatabase database, string connectionString)
    {
        var options = new DataOptions().UseConnectionString(ProviderOf(database), connectionString);
        return database is JournalDatabase.Sqlite ? options.UseAfterConnectionOpened(BeDurable) : options;
    }

    /// <exception cref="StorageException">It cannot be reached, or two writers of one run could not be told apart.</exception>
    public static void Prepare(JournalDatabase database, DataOptions options)
    {
        try
        {
            using var connection = new DataConnection(options);
            if (database is JournalDatabase.Sqlite)
            {
                JournalTables.Create(connection);
                JournalTables.RequireUniqueKey(connection);
            }
            else
            {
                PostgresJournal.RequireUniqueKey(connection);
            }
        }
        catch (DbException exception)
        {
            throw new StorageException($"The journal cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Each connection, pooled or not, says how durable its commits are: SQLite keeps no such setting in the file.</summary>
    private static void BeDurable(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000";
        command.ExecuteNonQuery();
    }
}
