using Executor.Actors.Tests.Contracts;
using Executor.Storage;
using Executor.Storage.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Executor.Actors.Tests.Storage;

/// <summary>A data directory of its own, seen from inside.</summary>
internal sealed class DataDirectory : IDisposable
{
    public DataDirectory() => Path = Directory.CreateTempSubdirectory("executor-data-").FullName;

    public string Path { get; }

    public string File => System.IO.Path.Combine(Path, "executor.db");

    public FakeTimeProvider Time { get; } = new(Stores.Noon);

    public Task<SqliteStores> OpenAsync() => SqliteStores.OpenAsync(Path, Time);

    /// <param name="busyMilliseconds">How long the writer waits for another process.</param>
    public SqliteWriter Writer(int busyMilliseconds = 10_000) => new(new Database(File, Time, busyMilliseconds));

    /// <summary>As another process sees the file.</summary>
    public SqliteConnection Connect(string? file = null)
    {
        var connection = new SqliteConnection($"Data Source={file ?? File};Pooling=False;Default Timeout=1");
        connection.Open();
        return connection;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
