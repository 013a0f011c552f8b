using Microsoft.Data.Sqlite;

namespace Executor.Storage.Writing;

/// <summary>The writer's connection and its statements. Only the writer's thread touches it.</summary>
internal sealed class WriteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    /// <summary>The statement of this text, with the values of its last use.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            statement = new Statement(command);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    // IMMEDIATE takes the write lock at once: a transaction that begins as a reader may have to give up half way.
    public void Begin() => Prepare("BEGIN IMMEDIATE").Execute();

    public void Commit() => Prepare("COMMIT").Execute();

    /// <summary>SQLite has often rolled back by itself after the fault that leads here.</summary>
    public void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Prepare("ROLLBACK").Execute();
        }
    }

    public void Mark() => Prepare("SAVEPOINT call").Execute();

    public void Keep() => Prepare("RELEASE call").Execute();

    public void Undo()
    {
        Prepare("ROLLBACK TO call").Execute();
        Keep();
    }

    /// <summary>Moves everything into the main file, so that a copy of it alone is complete.</summary>
    public void Checkpoint()
    {
        try
        {
            Prepare("PRAGMA wal_checkpoint(TRUNCATE)").All(_ => true);
        }
        catch (SqliteException fault) when (SqliteWriter.IsFault(fault))
        {
            // The disk may be full: everything is safe in the log beside the file, and whoever opens it next reads it there.
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
