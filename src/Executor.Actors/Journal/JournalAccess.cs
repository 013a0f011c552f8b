using System.Data.Common;
using System.Diagnostics;
using Executor.Core;
using LinqToDB;
using LinqToDB.Data;

namespace Executor.Actors.Journal;

/// <summary>How the journal's plugin reaches each database, and what must be true of its tables before anything starts.</summary>
internal static class JournalAccess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

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

    /// <summary>A short fault, as while the database is restarted or slow, is waited for for 10 s.</summary>
    /// <exception cref="StorageException">It cannot be reached, or two writers of one run could not be told apart.</exception>
    public static async Task PrepareAsync(JournalDatabase database, DataOptions options, CancellationToken stop)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await Task.Run(() => Prepare(database, options), stop);
                return;
            }
            catch (DbException passing) when (IsPassing(passing) && waited.Elapsed < Patience)
            {
                await Task.Delay(Pause, stop);
            }
            catch (DbException exception)
            {
                throw new StorageException($"The journal cannot be used: {exception.Message}", exception);
            }
        }
    }

    private static void Prepare(JournalDatabase database, DataOptions options)
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

    /// <summary>No answer, no connection, or the classes of errors by which a server says that it cannot now.</summary>
    private static bool IsPassing(DbException fault) =>
        fault.IsTransient || fault.InnerException is TimeoutException || fault.SqlState?[..2] is "08" or "53" or "57" or "58";

    /// <summary>Each connection, pooled or not, says how durable its commits are: SQLite keeps no such setting in the file.</summary>
    private static void BeDurable(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000";
        command.ExecuteNonQuery();
    }
}
