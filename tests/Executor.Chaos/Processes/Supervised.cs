namespace Executor.Chaos.Processes;

/// <summary>A process that is started again a second after it has ended, as an operator's supervisor does.</summary>
internal sealed class Supervised(string name, Func<Child> start) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Life> _lives = [];
    private readonly Lock _gate = new();
    private Child? _child;
    private Task _supervision = Task.CompletedTask;

    public string Name => name;

    /// <summary>Every process that has borne this name, the last one running.</summary>
    public IReadOnlyList<Life> Lives
    {
        get
        {
            lock (_gate)
            {
                return [.. _lives];
            }
        }
    }

    public int Id => Current.Id;

    private Child Current => Volatile.Read(ref _child) ?? throw new InvalidOperationException($"{name} was never started.");

    public void Start()
    {
        Begin();
        _supervision = SuperviseAsync();
    }

    public void Send(Signal signal) => Current.Send(signal);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _supervision;
        if (_child is { } child)
        {
            await child.EndAsync(Patience);
            child.Dispose();
        }
    }

    private void Begin()
    {
        var child = start();
        Volatile.Write(ref _child, child);
        lock (_gate)
        {
            _lives.Add(new Life(child.Id, DateTimeOffset.UtcNow, null));
        }
    }

    private async Task SuperviseAsync()
    {
        while (true)
        {
            var child = Current;
            await child.WhenEnded(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            lock (_gate)
            {
                _lives[^1] = _lives[^1] with { Ended = DateTimeOffset.UtcNow };
            }

            await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            child.Dispose();
            Begin();
        }
    }
}

/// <param name="Ended">Null while it runs, and when it ran to the end of the campaign.</param>
internal sealed record Life(int Process, DateTimeOffset Started, DateTimeOffset? Ended);
