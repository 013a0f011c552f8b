using Microsoft.Data.Sqlite;

namespace Executor.Storage.Writing;

/// <summary>One caller's statements, done in a transaction that it may share with others.</summary>
internal abstract class WriteCall
{
    public abstract void Run(WriteSession session);

    /// <summary>Answers the caller; nothing before this is known to be stored.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception fault);
}

internal sealed class WriteCall<T>(Func<WriteSession, T> work, CancellationToken stop) : WriteCall
{
    // Whoever awaits goes on elsewhere: the writer's thread only writes.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? _result;
    private Exception? _mistake;
    private bool _stopped;

    public Task<T> Answer => _answer.Task;

    /// <summary>A mistake of this caller undoes this call only; a fault of the database is thrown and ends all of them.</summary>
    public override void Run(WriteSession session)
    {
        _stopped = stop.IsCancellationRequested;
        if (_stopped)
        {
            return;
        }

        session.Mark();
        try
        {
            _result = work(session);
            session.Keep();
        }
        catch (Exception exception) when (!SqliteWriter.IsFault(exception))
        {
            session.Undo();
            _mistake = exception is SqliteException
                ? new InvalidOperationException($"The database refuses a statement: {exception.Message}", exception)
                : exception;
        }
    }

    public override void Complete()
    {
        if (_stopped)
        {
            _answer.SetCanceled(stop);
        }
        else if (_mistake is not null)
        {
            _answer.SetException(_mistake);
        }
        else
        {
            _answer.SetResult(_result!);
        }
    }

    public override void Fail(Exception fault) => _answer.SetException(fault);
}
