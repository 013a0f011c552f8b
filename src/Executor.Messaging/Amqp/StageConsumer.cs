using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Executor.Messaging.Amqp;

/// <summary>The consumer of one source: opens its channel, hands its messages over, and is gone with the stage.</summary>
internal sealed class StageConsumer(
    NamedQueueSourceSettings settings, ushort prefetch, Action<CommittableMessage> arrived, Action<Exception> failed)
    : IAsyncBasicConsumer
{
    private readonly CancellationTokenSource _stop = new();
    private ChannelEpoch? _epoch;
    private volatile bool _closing;

    public IChannel? Channel { get; private set; }

    public void Start() => _ = Task.Run(LiveAsync);

    /// <summary>From here on nothing can be settled any more; the channel is closed in the background.</summary>
    public void Stop()
    {
        Volatile.Read(ref _epoch)?.End();
        _stop.Cancel();
    }

    public Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey,
        IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        // The client uses the memory of body and properties again as soon as this returns.
        var message = new IncomingMessage(
            body.ToArray(), new Envelope(deliveryTag, redelivered, exchange, routingKey), new BasicProperties(properties));
        _epoch!.Deliver();
        arrived(new CommittableMessage(_epoch!, message));
        return Task.CompletedTask;
    }

    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _epoch?.End();
        failed(new AmqpUnavailableException($"The broker has ended the consumer of queue '{settings.Queue}': it is gone."));
        return Task.CompletedTask;
    }

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _epoch?.End();
        if (!_stop.IsCancellationRequested && !_closing)
        {
            failed(new AmqpUnavailableException($"The channel of queue '{settings.Queue}' is gone: {reason.ReplyText}"));
        }

        return Task.CompletedTask;
    }

    private async Task LiveAsync()
    {
        var watch = new ConsumerWatch();
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await ConsumeOnceAsync(watch);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped before it was open.
        }
        catch (Exception refused) when (AmqpFailure.IsBroker(refused) || refused is AmqpTopologyException)
        {
            failed(refused);
        }
    }

    /// <summary>Whoever opens the channel also closes it, so none is left however early the stage stops.</summary>
    private async Task ConsumeOnceAsync(ConsumerWatch watch)
    {
        var connection = await settings.Connection.OpenAsync(_stop.Token);
        await Declaring.DeclareAsync(connection, settings.Declarations, _stop.Token);
        Channel = await connection.CreateChannelAsync(options: null, CancellationToken.None);
        var epoch = new ChannelEpoch(Channel);
        Volatile.Write(ref _epoch, epoch);
        try
        {
            epoch.HasConsumer(await ConsumeAsync(Channel));
            await watch.WaitUntilQuietAsync(epoch, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _closing = !_stop.IsCancellationRequested;
            await epoch.CloseAsync();
            _closing = false;
        }
    }

    private async Task<string> ConsumeAsync(IChannel channel)
    {
        await channel.BasicQosAsync(0, prefetch, global: false, CancellationToken.None);
        return await channel.BasicConsumeAsync(
            settings.Queue, autoAck: false, consumerTag: string.Empty, noLocal: false, settings.Exclusive,
            arguments: null, this, CancellationToken.None);
    }
}
