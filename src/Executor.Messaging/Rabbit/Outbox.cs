using System.Collections.Concurrent;
using System.Threading.Channels;
using Akka.Streams;
using Akka.Streams.Dsl;
using Executor.Messaging.Amqp;

namespace Executor.Messaging.Rabbit;

/// <summary>Everything that one process publishes with confirms goes through here, and with it through one window.</summary>
internal sealed class Outbox : IAsyncDisposable
{
    private const int Waiting = 1000;
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly Channel<(OutgoingMessage, Letter)> _letters =
        Channel.CreateBounded<(OutgoingMessage, Letter)>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    private readonly ConcurrentDictionary<Letter, bool> _open = new();
    private readonly Task _stream;

    public Outbox(IMaterializer materializer, AmqpSinkSettings settings) =>
        _stream = ChannelSource.FromReader(_letters.Reader)
            .Via(AmqpFlow.Create<Letter>(settings))
            .RunForeach(sent => Answer(sent.PassThrough, sent.Outcome), materializer);

    /// <exception cref="OperationCanceledException">The message may have been sent.</exception>
    public async Task<PublishOutcome> SendAsync(OutgoingMessage message, CancellationToken stop)
    {
        var letter = new Letter();
        _open[letter] = true;
        try
        {
            await _letters.Writer.WriteAsync((message, letter), stop);
        }
        catch (Exception closed) when (closed is ChannelClosedException or OperationCanceledException)
        {
            Answer(letter, new PublishOutcome.Unknown("Told to stop before it was sent."));
            stop.ThrowIfCancellationRequested();
        }

        return await letter.Outcome.Task.WaitAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        _letters.Writer.TryComplete();
        try
        {
            await _stream.WaitAsync(ClosePatience);
        }
        catch (TimeoutException)
        {
            // The broker is away; whoever waits is told below.
        }

        foreach (var letter in _open.Keys)
        {
            Answer(letter, new PublishOutcome.Unknown("Stopped before the broker had answered."));
        }
    }

    private void Answer(Letter letter, PublishOutcome outcome)
    {
        _open.TryRemove(letter, out _);
        letter.Outcome.TrySetResult(outcome);
    }

    private sealed class Letter
    {
        public TaskCompletionSource<PublishOutcome> Outcome { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
