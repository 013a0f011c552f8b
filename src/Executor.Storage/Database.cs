using Dapper;
using Executor.Storage.Reading;
using Microsoft.Data.Sqlite;

namespace Executor.Storage;

/// <summary>One SQLite file: how it is opened, and its clock.</summary>
/// <param name="time">What <c>executor_now()</c> tells in statements.</param>
/// <param name="busyMilliseconds">How long to wait for another process, a verb beside a server for instance.</param>
internal sealed class Database(string file, TimeProvider time, int busyMilliseconds = 10_000) : IQueries
{
    public string File => file;

    /// <summary>The one connection that writes. It makes the file when there is none.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate, pooling: false);
        try
        {
            // FULL: a commit that was answered survives a power cut, not only the end of the process.
            connection.Execute(
                """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA foreign_keys = ON;
                PRAGMA wal_autocheckpoint = 4000;
                """);
            connection.CreateFunction("executor_now", () => Micros.Of(time.GetUtcNow()));
            SchemaMigrator.Migrate(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads on a connection of its own, away from the caller's thread, because SQLite never really waits.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken stop) => Task.Run(
        () =>
        {
            try
            {
                using var connection = Open(SqliteOpenMode.ReadOnly, pooling: true);
                return read(connection);
            }
            catch (SqliteException exception) when (StorageFaults.Of(exception, file) is { } fault)
            {
                throw fault;
            }
        },
        stop);

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object values, CancellationToken stop) =>
        ReadAsync<IReadOnlyList<T>>(connection => connection.Query<T>(sql, values).AsList(), stop);

    /// <summary>Lets go of the file.</summary>
    public void Release()
    {
        using var connection = new SqliteConnection(Text(SqliteOpenMode.ReadOnly, pooling: true));
        SqliteConnection.ClearPool(connection);
    }

    private SqliteConnection Open(SqliteOpenMode mode, bool pooling)
    {
        var connection = new SqliteConnection(Text(mode, pooling));
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout = {busyMilliseconds}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // The library polls every 150 ms until DefaultTimeout (in seconds); SQLite's own busy_timeout waits better.
    private string Text(SqliteOpenMode mode, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = mode,
        Pooling = pooling,
        DefaultTimeout = 1,
    }.ToString();
}
