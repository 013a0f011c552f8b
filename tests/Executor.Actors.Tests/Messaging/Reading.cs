namespace Executor.Actors.Tests.Messaging;

/// <summary>One consumer, taken step by step.</summary>
internal sealed class Reading<T>(Func<CancellationToken, IAsyncEnumerable<T>> source) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<T>? _reader;
    private Task<bool>? _pending;

    public bool IsWaiting => _pending is { IsCompleted: false };

    /// <summary>Asks for a message without waiting for it.</summary>
    public void Ask()
    {
        _reader ??= source(_stop.Token).GetAsyncEnumerator(CancellationToken.None);
        _pending ??= _reader.MoveNextAsync().AsTask();
    }

    public async Task<T> NextAsync()
    {
        Ask();
        Assert.True(await _pending!.WaitAsync(Patience), "The enumeration has ended.");
        _pending = null;
        return _reader!.Current;
    }

    public async Task<List<T>> NextAsync(int count)
    {
        var taken = new List<T>();
        while (taken.Count < count)
        {
            taken.Add(await NextAsync());
        }

        return taken;
    }

    /// <summary>As a consumer whose process is told to stop: by the token, whatever it is doing.</summary>
    public Task CancelAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_pending is not null)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _pending.WaitAsync(Patience));
        }

        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }

        _stop.Dispose();
    }
}
