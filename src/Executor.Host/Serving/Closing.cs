namespace Executor.Host.Serving;

/// <summary>What has been opened so far, to be closed in the opposite order: at the end, or when the next step fails.</summary>
internal sealed class Closing : IAsyncDisposable
{
    private readonly Stack<Func<Task>> _steps = new();

    public void Then(Func<Task> close) => _steps.Push(close);

    public T Then<T>(T opened)
        where T : IAsyncDisposable
    {
        _steps.Push(() => opened.DisposeAsync().AsTask());
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        while (_steps.TryPop(out var close))
        {
            await close();
        }
    }
}
