using System.Threading.Channels;
using RabbitMQ.Client;

namespace Executor.Messaging.Amqp;

/// <summary>The life of one consuming channel: settlements of its messages go over it, and end with it.</summary>
/// <remarks>
/// A delivery tag on another channel would settle somebody else's message. Whatever is settled after the end is stale:
/// the broker has the message back already.
/// </remarks>
internal sealed class ChannelEpoch
{
    private const int MostAtOnce = 256;
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(2);

    private readonly IChannel _channel;
    private readonly Channel<Commit> _commits = Channel.CreateUnbounded<Commit>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly AckRuns _runs = new();
    private string? _consumer;
    private long _delivered;
    private long _settled;
    private readonly Task _loop;

    public ChannelEpoch(IChannel channel)
    {
        _channel = channel;
        _loop = Task.Run(CommitAllAsync);
    }

    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>How many the broker counts as in our hands.</summary>
    public long Unsettled => Delivered - Interlocked.Read(ref _settled);

    public void Deliver() => Interlocked.Increment(ref _delivered);

    public Task<CommitOutcome> CommitAsync(ulong tag, CommitKind kind)
    {
        var commit = new Commit(
            tag, kind, new TaskCompletionSource<CommitOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _commits.Writer.TryWrite(commit) ? commit.Done.Task : Task.FromResult(CommitOutcome.Stale);
    }

    /// <param name="tag">By which the broker knows it.</param>
    public void HasConsumer(string tag) => _consumer = tag;

    /// <summary>From now on everything is stale; what has been handed over before is still sent.</summary>
    public void End() => _commits.Writer.TryComplete();

    /// <summary>Ends it, gives back what is not settled, and closes the channel.</summary>
    public async Task CloseAsync()
    {
        End();
        try
        {
            await _loop.WaitAsync(DrainPatience);
            if (_channel.IsOpen && _consumer is not null)
            {
                // Handing back is no failure of the messages, as closing the channel over them would be; but a consumer
                // that is still there would get them all once more.
                await _channel.BasicCancelAsync(_consumer);
                await _channel.BasicNackAsync(0, multiple: true, requeue: true);
                await _channel.CloseAsync();
            }
        }
        catch (Exception closed) when (AmqpFailure.IsBroker(closed))
        {
            // It was lost meanwhile, and with that its messages have gone back.
        }

        await _channel.DisposeAsync();
    }

    private async Task CommitAllAsync()
    {
        var batch = new List<Commit>();
        while (await _commits.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostAtOnce && _commits.Reader.TryRead(out var commit))
            {
                batch.Add(commit);
            }

            var outcome = await SendAsync(batch);
            foreach (var commit in batch)
            {
                commit.Done.TrySetResult(outcome);
            }

            batch.Clear();
        }
    }

    private async Task<CommitOutcome> SendAsync(List<Commit> batch)
    {
        try
        {
            await SendOthersAsync(batch);
            await SendAcksAsync(batch);
            Interlocked.Add(ref _settled, batch.Count);
            return CommitOutcome.Sent;
        }
        catch (Exception lost) when (AmqpFailure.IsBroker(lost))
        {
            End();
            return CommitOutcome.Stale;
        }
    }

    private async ValueTask SendOthersAsync(List<Commit> batch)
    {
        foreach (var (tag, kind, _) in batch)
        {
            switch (kind)
            {
                case CommitKind.Return:
                    await _channel.BasicNackAsync(tag, multiple: false, requeue: true);
                    break;
                case CommitKind.Retry:
                    await _channel.BasicRejectAsync(tag, requeue: true);
                    break;
                case CommitKind.Bury:
                    await _channel.BasicRejectAsync(tag, requeue: false);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>One acknowledgement for all up to the last without a gap, which must itself be a new one; then the rest.</summary>
    private async ValueTask SendAcksAsync(List<Commit> batch)
    {
        var floor = 0UL;
        foreach (var commit in batch)
        {
            floor = _runs.Settle(commit.Tag);
        }

        var (last, covered) = (0UL, 0);
        foreach (var (tag, kind, _) in batch)
        {
            if (kind == CommitKind.Ack && tag <= floor)
            {
                (last, covered) = (Math.Max(last, tag), covered + 1);
            }
        }

        if (covered > 0)
        {
            await _channel.BasicAckAsync(last, multiple: covered > 1);
        }

        foreach (var (tag, kind, _) in batch)
        {
            if (kind == CommitKind.Ack && tag > floor)
            {
                await _channel.BasicAckAsync(tag, multiple: false);
            }
        }
    }

    private sealed record Commit(ulong Tag, CommitKind Kind, TaskCompletionSource<CommitOutcome> Done);
}
