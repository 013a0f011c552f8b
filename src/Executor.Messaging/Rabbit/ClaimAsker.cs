using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Executor.Core.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Executor.Messaging.Rabbit;

/// <summary>Asks for claims and renewals: what comes while messages are on their way goes together in the next one.</summary>
/// <remarks>Where the channel is lost, what has no answer yet is asked again over the next: asking twice is safe.</remarks>
internal sealed class ClaimAsker
{
    private const int MostAtOnce = 200;
    private readonly RabbitRooms _rooms;
    private readonly ConcurrentQueue<ClaimAsk> _asks = new();
    private readonly ConcurrentDictionary<string, ClaimBatch> _sent = new(StringComparer.Ordinal);
    private readonly Queue<ClaimAsk> _heldBack = new();

    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private long _last;

    public ClaimAsker(RabbitRooms rooms)
    {
        _rooms = rooms;
        _ = Task.Run(() => rooms.KeepChannelAsync("claims", AskAllAsync));
    }

    /// <exception cref="TimeoutException">No answer.</exception>
    public async Task<ClaimAnswer> AskAsync(Claim claim, CancellationToken stop)
    {
        var ask = new ClaimAsk.OfClaim(claim);
        return await AskAsync(ask, ask.Answer.Task, stop);
    }

    /// <exception cref="TimeoutException">No answer.</exception>
    public async Task<RenewalAnswer> AskAsync(Renewal renewal, CancellationToken stop)
    {
        var ask = new ClaimAsk.OfRenewal(renewal);
        return await AskAsync(ask, ask.Answer.Task, stop);
    }

    private async Task<T> AskAsync<T>(ClaimAsk ask, Task<T> answer, CancellationToken stop)
    {
        _asks.Enqueue(ask);
        Wake();
        try
        {
            return await answer.WaitAsync(_rooms.Options.AnswerPatience, _rooms.Time, stop);
        }
        finally
        {
            ask.GiveUp();
            Wake();
        }
    }

    private async Task AskAllAsync(IChannel channel)
    {
        channel.ChannelShutdownAsync += (_, _) => Woken();
        channel.BasicReturnAsync += (_, _) => ReturnedAsync(channel);
        var replies = new AsyncEventingBasicConsumer(channel);
        replies.ReceivedAsync += (_, message) => AnsweredAsync(message);
        await channel.BasicConsumeAsync(RepliesTo.Direct, autoAck: true, replies, _rooms.Ended);
        AskAgain();
        while (await NextAsync(channel) is { } batch)
        {
            var number = (++_last).ToString(CultureInfo.InvariantCulture);
            _sent[number] = batch;
            var message = _rooms.Letters.Calls(batch.AsMessage(), number, _rooms.Options.AnswerPatience);
            await channel.BasicPublishAsync(
                message.Exchange!, message.RoutingKey, message.Mandatory, message.Properties, message.Bytes,
                CancellationToken.None);
        }
    }

    /// <summary>Waits for something to ask and for room in the window; gathers what has come until then.</summary>
    /// <returns>Null when the channel is gone.</returns>
    private async Task<ClaimBatch?> NextAsync(IChannel channel)
    {
        while (channel.IsOpen)
        {
            if (Busy() < _rooms.Options.ClaimWindow && Gather() is { Count: > 0 } batch)
            {
                return batch;
            }

            await _news.Reader.ReadAsync(_rooms.Ended);
        }

        return null;
    }

    private int Busy()
    {
        foreach (var (number, batch) in _sent)
        {
            if (batch.IsOver)
            {
                _sent.TryRemove(number, out _);
            }
        }

        return _sent.Count;
    }

    private ClaimBatch Gather()
    {
        var batch = new ClaimBatch();
        var twice = new Queue<ClaimAsk>();
        while (batch.Count < MostAtOnce && (_heldBack.TryDequeue(out var ask) || _asks.TryDequeue(out ask)))
        {
            if (!ask.IsOver && !batch.TryAdd(ask))
            {
                twice.Enqueue(ask);
            }
        }

        foreach (var ask in twice)
        {
            _heldBack.Enqueue(ask);
        }

        return batch;
    }

    private void AskAgain()
    {
        foreach (var (number, batch) in _sent)
        {
            _sent.TryRemove(number, out _);
            foreach (var ask in batch.Open)
            {
                _heldBack.Enqueue(ask);
            }
        }
    }

    private Task AnsweredAsync(BasicDeliverEventArgs message)
    {
        try
        {
            if (message.BasicProperties.CorrelationId is { } number && _sent.TryGetValue(number, out var batch))
            {
                batch.Take(WireJson.ReadAnswers(message.Body.Span));
            }
        }
        catch (MalformedMessageException malformed)
        {
            _rooms.Log.LogError("An answer to claims cannot be read: {Problem}", malformed.Message);
        }

        return Woken();
    }

    /// <summary>The queue of claims is gone: a new channel begins by making it again.</summary>
    private async Task ReturnedAsync(IChannel channel)
    {
        _rooms.Log.LogWarning("There is no queue for claims; it is made again");
        await channel.AbortAsync();
        Wake();
    }

    private void Wake() => _news.Writer.TryWrite(true);

    private Task Woken()
    {
        Wake();
        return Task.CompletedTask;
    }
}
