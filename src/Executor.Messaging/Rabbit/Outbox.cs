using System.Collections.Concurrent;
using Akka.Streams;
using Executor.Messaging.Amqp;
using Executor.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace Executor.Messaging.Rabbit;

/// <summary>Everything that one process publishes with confirms, in a lane for each queue that it goes to.</summary>
/// <remarks>
/// A queue that the broker cannot serve confirms nothing, and whatever shared its channel or its window would wait with it.
/// That it is silent is logged and counted; what it was sent is told as unknown, and so repeated by whoever sent it.
/// </remarks>
internal sealed class Outbox : IAsyncDisposable
{
    private static readonly TimeSpan UnusedFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly IMaterializer _materializer;
    private readonly AmqpSinkSettings _settings;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, Lazy<Lane>> _lanes = new(StringComparer.Ordinal);
    private readonly ITimer _watch;
    private volatile IReadOnlyList<string> _silent = [];
    private volatile bool _isClosed;

    /// <param name="patience">How long a queue may leave everything unanswered before it is called silent.</param>
    public Outbox(
        IMaterializer materializer, AmqpSinkSettings settings, TimeSpan patience, TimeProvider time, ILogger log)
    {
        _materializer = materializer;
        _settings = settings;
        _patience = patience;
        _time = time;
        _log = log;
        var pause = patience / 4 < LongestPause ? patience / 4 : LongestPause;
        _watch = time.CreateTimer(_ => Look(), null, pause, pause);
        BrokerMeter.Show(this);
    }

    /// <summary>Queues that answer nothing, by name.</summary>
    public IReadOnlyList<string> Silent => _silent;

    /// <exception cref="OperationCanceledException">The message may have been sent.</exception>
    public async Task<PublishOutcome> SendAsync(OutgoingMessage message, CancellationToken stop)
    {
        while (!_isClosed)
        {
            var lane = _lanes.GetOrAdd(QueueOf(message), _ => new Lazy<Lane>(Open)).Value;
            if (_isClosed)
            {
                // Opened too late to be among those that are closed.
                lane.Close();
            }

            if (await lane.SendAsync(message, stop) is { } outcome)
            {
                return outcome;
            }
        }

        return new PublishOutcome.Unknown("Told to stop before it was sent.");
    }

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        BrokerMeter.Hide(this);
        await _watch.DisposeAsync();
        await Task.WhenAll(_lanes.Values.Select(lane => lane.Value.DisposeAsync().AsTask()));
    }

    /// <summary>The queue that takes the message; of those that go to many queues, the exchange.</summary>
    private static string QueueOf(OutgoingMessage message) => message.Exchange switch
    {
        null or "" => message.RoutingKey,
        AmqpTopology.TaskExchange => AmqpTopology.TaskQueue(message.RoutingKey),
        { } exchange => exchange,
    };

    private Lane Open() => new(_materializer, _settings, new Silence(_time, _patience));

    private void Look()
    {
        var connection = _settings.Connection.State;
        var silent = new List<string>();
        foreach (var (queue, lane) in _lanes)
        {
            var silence = lane.Value.Silence;
            silence.Look(connection is { IsOpen: true, IsBlocked: false });
            if (silence.IsUnused(UnusedFor) && _lanes.TryRemove(KeyValuePair.Create(queue, lane)))
            {
                lane.Value.Close();
            }
            else if (silence.IsTooLong)
            {
                silent.Add(queue);
            }
        }

        Tell(silent);
    }

    private void Tell(List<string> silent)
    {
        foreach (var queue in silent.Except(_silent))
        {
            _log.LogError(
                "queue.silent: {Queue} has answered nothing for {Patience}; other queues go on. If it stays so while the "
                + "broker answers otherwise, delete the queue: it is made again, and what was in it is sent again",
                queue, _patience);
        }

        foreach (var queue in _silent.Except(silent))
        {
            _log.LogInformation("{Queue} is not silent any more", queue);
        }

        _silent = silent;
    }
}
