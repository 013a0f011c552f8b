using System.Threading.Channels;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using RabbitMQ.Client;

namespace Executor.Messaging.Rabbit;

/// <summary>Sends a worker's signs of life, over a channel of their own: a broker that forbids them closes no other.</summary>
internal sealed class Beats
{
    private readonly RabbitRooms _rooms;

    private readonly Channel<Beat> _outgoing = Channel.CreateBounded<Beat>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
        static dropped => dropped.Done.TrySetResult());

    public Beats(RabbitRooms rooms)
    {
        _rooms = rooms;
        _ = Task.Run(() => rooms.KeepChannelAsync("signs of life", SendAsync));
    }

    public Task SendAsync(WorkerBeat beat, CancellationToken stop)
    {
        var sent = new Beat(_rooms.Letters.Beat(beat));
        _outgoing.Writer.TryWrite(sent);
        return sent.Done.Task.WaitAsync(stop);
    }

    private async Task SendAsync(IChannel channel)
    {
        while (await _outgoing.Reader.WaitToReadAsync(_rooms.Ended) && channel.IsOpen)
        {
            if (_outgoing.Reader.TryRead(out var beat))
            {
                try
                {
                    var message = beat.Message;
                    await channel.BasicPublishAsync(
                        message.Exchange!, message.RoutingKey, message.Mandatory, message.Properties, message.Bytes,
                        CancellationToken.None);
                }
                finally
                {
                    beat.Done.TrySetResult();
                }
            }
        }
    }

    private sealed record Beat(OutgoingMessage Message)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
