using System.Collections.Concurrent;
using System.Diagnostics;
using Executor.Core;
using Microsoft.Data.Sqlite;

namespace Executor.Storage.Writing;

/// <summary>The only writer of a database: one thread, one connection; calls that wait together share one commit.</summary>
/// <remarks>
/// SQLite's async is synchronous, and a commit costs a disk flush whatever it holds. So calls queue here instead of
/// blocking threads of the pool, and under load one flush pays for all that came during the one before.
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>A transaction takes no further calls after this, so that a flood cannot delay the first caller.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(10);

    private readonly BlockingCollection<WriteCall> _calls = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _file;
    private readonly WriteSession _session;
    private volatile StorageException? _fault;

    public SqliteWriter(Database database)
    {
        _file = database.File;
        try
        {
            _session = new WriteSession(database.OpenWriter());
        }
        catch (SqliteException exception) when (StorageFaults.Of(exception, _file) is { } fault)
        {
            throw fault;
        }

        new Thread(Work) { IsBackground = true, Name = "sqlite-writer" }.Start();
    }

    /// <summary>Transactions so far.</summary>
    public long Commits { get; private set; }

    /// <summary>All statements of <paramref name="work"/> or none; it completes when they are on the disk.</summary>
    /// <exception cref="StorageException">The database could not be used.</exception>
    /// <exception cref="InvalidOperationException">The database refused a statement: a bug of the caller.</exception>
    public Task<T> RunAsync<T>(Func<WriteSession, T> work, CancellationToken stop)
    {
        var call = new WriteCall<T>(work, stop);
        try
        {
            _calls.Add(call, CancellationToken.None);
        }
        catch (InvalidOperationException exception)
        {
            return Task.FromException<T>(
                _fault is { } fault
                    ? new StorageException(fault.Message, fault)
                    : new StorageException($"'{_file}' has been closed.", exception));
        }

        return call.Answer;
    }

    /// <summary>Finishes what has been called, then closes the file.</summary>
    /// <exception cref="StorageException">It could not be written to the end; no call is without an answer.</exception>
    public async ValueTask DisposeAsync()
    {
        _calls.CompleteAdding();
        await _ended.Task;
        _calls.Dispose();
    }

    internal static bool IsFault(Exception exception) =>
        exception is SqliteException sqlite && StorageFaults.Of(sqlite, string.Empty) is not null;

    private void Work()
    {
        try
        {
            var shared = new List<WriteCall>();
            foreach (var first in _calls.GetConsumingEnumerable())
            {
                Write(first, shared);
                shared.Clear();
            }

            _session.Checkpoint();
            _session.Dispose();
            _ended.SetResult();
        }
        catch (Exception exception)
        {
            GiveUp(exception);
        }
    }

    /// <summary>
    /// Nobody knows what the connection would write next, so it writes nothing more. An exception that left this thread
    /// would end the process, whatever else it does.
    /// </summary>
    private void GiveUp(Exception cause)
    {
        var fault = new StorageException($"'{_file}' can no longer be written: {cause.Message}", cause);
        _fault = fault;
        _calls.CompleteAdding();
        foreach (var left in _calls.GetConsumingEnumerable())
        {
            left.Fail(fault);
        }

        try
        {
            // Closing takes back what is half done and lets other writers in.
            _session.Dispose();
            _ended.SetException(fault);
        }
        catch (Exception closing)
        {
            _ended.SetException([fault, closing]);
        }
    }

    private void Write(WriteCall first, List<WriteCall> shared)
    {
        shared.Add(first);
        try
        {
            var started = Stopwatch.GetTimestamp();
            _session.Begin();
            first.Run(_session);
            while (Stopwatch.GetElapsedTime(started) < Longest && _calls.TryTake(out var next))
            {
                shared.Add(next);
                next.Run(_session);
            }

            _session.Commit();
            Commits++;
        }
        catch (Exception exception)
        {
            var fault = exception is SqliteException sqlite ? StorageFaults.Of(sqlite, _file) ?? exception : exception;
            shared.ForEach(call => call.Fail(fault));
            _session.RollBack();
            return;
        }

        shared.ForEach(call => call.Complete());
    }
}
