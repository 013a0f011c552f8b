using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Executor.Benchmarks;

/// <summary>What SQLite itself takes here: the bar to which the engine's own figures are compared, in the same run.</summary>
internal static class SqliteLimit
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <summary>Rows per second of about 300 bytes, WAL, synchronous=FULL, one writer.</summary>
    /// <param name="rowsPerCommit">From 1.</param>
    public static double RowsPerSecond(string folder, int rowsPerCommit)
    {
        var file = Path.Combine(folder, $"raw-{rowsPerCommit.ToString(CultureInfo.InvariantCulture)}.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        Execute(connection, "CREATE TABLE row (id INTEGER PRIMARY KEY, name TEXT UNIQUE, body BLOB)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO row (name, body) VALUES (@name, @body)";
        var name = insert.Parameters.Add("@name", SqliteType.Text);
        insert.Parameters.AddWithValue("@body", new byte[250]);

        var clock = Stopwatch.StartNew();
        long rows = 0;
        while (clock.Elapsed < Window)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var row = 0; row < rowsPerCommit; row++)
            {
                name.Value = (++rows).ToString("x32", CultureInfo.InvariantCulture);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return rows / clock.Elapsed.TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
