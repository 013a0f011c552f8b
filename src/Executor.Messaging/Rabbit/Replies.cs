using System.Threading.Channels;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using RabbitMQ.Client;

namespace Executor.Messaging.Rabbit;

/// <summary>Sends answers to claims. Without confirms: a lost answer is asked for again.</summary>
internal sealed class Replies
{
    private const int Waiting = 10_000;
    private readonly RabbitRooms _rooms;

    private readonly Channel<OutgoingMessage> _outgoing = Channel.CreateBounded<OutgoingMessage>(
        new BoundedChannelOptions(Waiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    public Replies(RabbitRooms rooms)
    {
        _rooms = rooms;
        _ = Task.Run(() => rooms.KeepChannelAsync("answers to claims", SendAsync));
    }

    public void Send(ClaimAnswers answers, string replyTo, string? number) =>
        _outgoing.Writer.TryWrite(_rooms.Letters.Answers(answers, replyTo, number));

    private async Task SendAsync(IChannel channel)
    {
        while (await _outgoing.Reader.WaitToReadAsync(_rooms.Ended) && channel.IsOpen)
        {
            if (_outgoing.Reader.TryRead(out var message))
            {
                await channel.BasicPublishAsync(
                    string.Empty, message.RoutingKey, message.Mandatory, message.Properties, message.Bytes,
                    CancellationToken.None);
            }
        }
    }
}
