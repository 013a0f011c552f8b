using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Executor.Messaging.Amqp;

/// <summary>Publishes over a channel with confirms, which it opens again when it is lost. Never throws, always answers.</summary>
internal sealed class AmqpPublisher(AmqpSinkSettings settings)
{
    // Without a limiter of the client's: it slows publishing and bounds nothing, because it lets go before the confirm.
    private static readonly CreateChannelOptions Confirming = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true,
        outstandingPublisherConfirmationsRateLimiter: null);

    private readonly Lock _gate = new();
    private Task<IChannel>? _channel;

    public async Task<PublishOutcome> PublishAsync(OutgoingMessage message)
    {
        IChannel? channel = null;
        try
        {
            channel = await ChannelAsync().WaitAsync(settings.ConfirmPatience);
            await settings.Connection.UnblockedAsync().WaitAsync(settings.ConfirmPatience);

            // No token: to be cancelled in the middle would leave the fate of the message and of the numbering unknown.
            await channel.BasicPublishAsync(
                message.Exchange ?? settings.Exchange, message.RoutingKey, message.Mandatory, message.Properties,
                message.Bytes, CancellationToken.None).AsTask().WaitAsync(settings.ConfirmPatience);
            return PublishOutcome.Confirmed.Instance;
        }
        catch (TimeoutException)
        {
            Forget(channel);
            return new PublishOutcome.Unknown($"No confirm within {settings.ConfirmPatience}.");
        }
        catch (PublishReturnException returned)
        {
            return new PublishOutcome.Unroutable($"{returned.ReplyCode} {returned.ReplyText}");
        }
        catch (PublishException)
        {
            return new PublishOutcome.Rejected("The broker does not take it now.");
        }
        catch (AmqpTopologyException other)
        {
            return new PublishOutcome.Refused(other.Message);
        }
        catch (Exception lost) when (AmqpFailure.IsBroker(lost))
        {
            return OutcomeOf(lost);
        }
    }

    public void Close() => Forget(channel: null);

    private static PublishOutcome OutcomeOf(Exception lost)
    {
        var why = AmqpFailure.Sentence(lost);
        return AmqpFailure.IsRefusal(lost) ? new PublishOutcome.Refused(why)
            : AmqpFailure.IsMissing(lost) ? new PublishOutcome.Unroutable(why)
            : new PublishOutcome.Unknown(why);
    }

    private Task<IChannel> ChannelAsync()
    {
        lock (_gate)
        {
            if (_channel is null || _channel.IsFaulted || _channel.IsCanceled
                || (_channel.IsCompletedSuccessfully && !_channel.Result.IsOpen))
            {
                Dispose(_channel);
                _channel = Task.Run(OpenAsync);
            }

            return _channel;
        }
    }

    private async Task<IChannel> OpenAsync()
    {
        var connection = await settings.Connection.OpenAsync(CancellationToken.None);
        await Declaring.DeclareAsync(connection, settings.Declarations, CancellationToken.None);
        return await connection.CreateChannelAsync(Confirming, CancellationToken.None);
    }

    /// <param name="channel">Null is whichever there is.</param>
    private void Forget(IChannel? channel)
    {
        lock (_gate)
        {
            if (_channel is not null
                && (channel is null || (_channel.IsCompletedSuccessfully && ReferenceEquals(_channel.Result, channel))))
            {
                Dispose(_channel);
                _channel = null;
            }
        }
    }

    private static void Dispose(Task<IChannel>? channel) => _ = channel?.ContinueWith(
        static opened => opened.Result.DisposeAsync().AsTask(),
        CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
}
