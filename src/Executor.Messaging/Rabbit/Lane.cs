using System.Collections.Concurrent;
using System.Threading.Channels;
using Akka.Streams;
using Akka.Streams.Dsl;
using Executor.Messaging.Amqp;

namespace Executor.Messaging.Rabbit;

/// <summary>What goes to one queue: a channel and a window of its own.</summary>
internal sealed class Lane : IAsyncDisposable
{
    private const int Waiting = 1000;
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly Channel<(OutgoingMessage, Letter)> _letters =
        Channel.CreateBounded<(OutgoingMessage, Letter)>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    private readonly ConcurrentDictionary<Letter, bool> _open = new();
    private readonly Task _stream;

    public Lane(IMaterializer materializer, AmqpSinkSettings settings, Silence silence)
    {
        Silence = silence;
        _stream = ChannelSource.FromReader(_letters.Reader)
            .Via(AmqpFlow.Create<Letter>(settings))
            .RunForeach(sent => Answer(sent.PassThrough, sent.Outcome), materializer);
    }

    public Silence Silence { get; }

    /// <returns>Null: this lane is closed, and has not taken the message.</returns>
    /// <exception cref="OperationCanceledException">The message may have been sent.</exception>
    public async Task<PublishOutcome?> SendAsync(OutgoingMessage message, CancellationToken stop)
    {
        var letter = new Letter();
        _open[letter] = true;
        Silence.Sent();
        try
        {
            await _letters.Writer.WriteAsync((message, letter), stop);
        }
        catch (Exception closed) when (closed is ChannelClosedException or OperationCanceledException)
        {
            Answer(letter, new PublishOutcome.Unknown("Told to stop before it was sent."));
            stop.ThrowIfCancellationRequested();
            return null;
        }

        return await letter.Outcome.Task.WaitAsync(stop);
    }

    /// <summary>Takes nothing any more, and ends with what it has taken.</summary>
    public void Close() => _letters.Writer.TryComplete();

    public async ValueTask DisposeAsync()
    {
        Close();
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
        if (_open.TryRemove(letter, out _))
        {
            Silence.Ended(outcome);
        }

        letter.Outcome.TrySetResult(outcome);
    }

    private sealed class Letter
    {
        public TaskCompletionSource<PublishOutcome> Outcome { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
