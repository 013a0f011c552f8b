using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Executor.Messaging.Amqp;

/// <summary>One connection for one purpose, opened when it is first needed and again whenever it is lost.</summary>
/// <remarks>
/// The client's own recovery is off: it would bring consumers back whose owners are gone. Whoever uses a channel of a
/// lost connection sees it end, and opens another one here. All members may be called from any thread.
/// </remarks>
public sealed class AmqpConnection : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly AmqpAddress _address;
    private readonly string _name;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private IConnection? _open;
    private Task<IConnection>? _opening;
    private TaskCompletionSource? _blocked;
    private AmqpConnectionState _state = new(false, false, 0, null);

    internal AmqpConnection(AmqpAddress address, string name, ILogger log)
    {
        _address = address;
        _name = name;
        _log = log;
    }

    /// <summary>Told after each change of <see cref="State"/>.</summary>
    public event EventHandler<AmqpConnectionState>? Changed;

    public AmqpConnectionState State => Volatile.Read(ref _state);

    /// <summary>The user as whom the broker knows us; it refuses messages that name another.</summary>
    public string User => _address.User;

    /// <summary>Where the broker is; without the password.</summary>
    public string Address => _address.Text;

    /// <summary>The open connection, once there is one; waits for the broker as long as it takes.</summary>
    public Task<IConnection> OpenAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
            if (_open is { IsOpen: true } open)
            {
                return Task.FromResult(open);
            }

            if (_opening is null or { IsCompleted: true })
            {
                _opening = Task.Run(OpenAgainAsync);
            }

            return _opening.WaitAsync(stop);
        }
    }

    /// <exception cref="AmqpUnavailableException">It is not open within the patience; says why.</exception>
    public async Task<IConnection> OpenAsync(TimeSpan patience, CancellationToken stop)
    {
        try
        {
            return await OpenAsync(stop).WaitAsync(patience, stop);
        }
        catch (TimeoutException late)
        {
            throw new AmqpUnavailableException(
                $"No connection to {Address} within {patience}: {State.Problem ?? "no answer"}", late);
        }
    }

    /// <summary>Completes when the broker takes publishes, which it does not while its memory or disk is short.</summary>
    public Task UnblockedAsync()
    {
        lock (_gate)
        {
            return _blocked?.Task ?? Task.CompletedTask;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? opening;
        lock (_gate)
        {
            opening = _opening;
        }

        await _end.CancelAsync();
        if (opening is not null)
        {
            await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_open is { } open)
        {
            await CloseAsync(open);
        }
    }

    private async Task<IConnection> OpenAgainAsync()
    {
        for (var failures = State.Opened == 0 ? 0 : 1; ; failures++)
        {
            await PauseAsync(failures);
            try
            {
                var opened = await _address.ConnectAsync(_name, _end.Token);
                opened.ConnectionShutdownAsync += LostAsync;
                opened.ConnectionBlockedAsync += BlockedAsync;
                opened.ConnectionUnblockedAsync += UnblockedAsync;
                Take(opened);
                return opened;
            }
            catch (Exception refused) when (AmqpFailure.IsBroker(refused) && !_end.IsCancellationRequested)
            {
                var why = AmqpFailure.Sentence(refused);
                if (State.Problem != why)
                {
                    _log.LogWarning("No connection to {Address} ({Name}): {Problem}; trying on", Address, _name, why);
                    Change(State with { IsOpen = false, Problem = why });
                }
            }
        }
    }

    /// <summary>Of random length, so that a hundred processes do not come back to a broker in the same moment.</summary>
    private async Task PauseAsync(int failures)
    {
        if (failures > 0)
        {
            var most = Math.Min(
                LongestPause.TotalMilliseconds, ShortestPause.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 10)));
            var pause = Random.Shared.NextDouble() * (most - ShortestPause.TotalMilliseconds);
            await Task.Delay(ShortestPause + TimeSpan.FromMilliseconds(pause), _end.Token);
        }
    }

    private void Take(IConnection opened)
    {
        var old = _open;
        lock (_gate)
        {
            _open = opened;
        }

        old?.Dispose();
        if (opened.IsOpen)
        {
            _log.LogInformation("Connected to {Address} ({Name})", Address, _name);
            Change(new AmqpConnectionState(true, false, State.Opened + 1, null));
        }
    }

    private Task LostAsync(object sender, ShutdownEventArgs reason)
    {
        Unblock();
        if (_end.IsCancellationRequested || !ReferenceEquals(sender, _open))
        {
            return Task.CompletedTask;
        }

        _log.LogWarning("Lost the connection to {Address} ({Name}): {Reason}", Address, _name, reason.ReplyText);
        Change(State with { IsOpen = false, IsBlocked = false, Problem = reason.ReplyText });
        return Task.CompletedTask;
    }

    private Task BlockedAsync(object sender, ConnectionBlockedEventArgs reason)
    {
        lock (_gate)
        {
            _blocked ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _log.LogWarning("{Address} takes no publishes now: {Reason}", Address, reason.Reason);
        Change(State with { IsBlocked = true, Problem = reason.Reason });
        return Task.CompletedTask;
    }

    private Task UnblockedAsync(object sender, AsyncEventArgs _)
    {
        Unblock();
        _log.LogInformation("{Address} takes publishes again", Address);
        Change(State with { IsBlocked = false, Problem = null });
        return Task.CompletedTask;
    }

    private void Unblock()
    {
        lock (_gate)
        {
            _blocked?.TrySetResult();
            _blocked = null;
        }
    }

    private void Change(AmqpConnectionState state)
    {
        Volatile.Write(ref _state, state);
        Changed?.Invoke(this, state);
    }

    private static async Task CloseAsync(IConnection open)
    {
        try
        {
            await open.CloseAsync(ClosePatience);
        }
        catch (Exception closed) when (AmqpFailure.IsBroker(closed))
        {
            // It was lost in this moment, which closes it just as well.
        }

        await open.DisposeAsync();
    }
}
