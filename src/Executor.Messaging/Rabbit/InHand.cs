using Executor.Core.Messages;
using Executor.Messaging.Amqp;

namespace Executor.Messaging.Rabbit;

/// <summary>A message with the reader that holds it. A lost connection makes settling it void, which is no error.</summary>
internal sealed class InHand(CommittableMessage message, Presence reader)
{
    public IncomingMessage Message => message.Message;

    public Delivery<T> As<T>(T content, Action<string> rejected) => new(
        content, Message.Deliveries, AckAsync, RequeueAsync, reason =>
        {
            var done = BuryAsync();
            rejected(reason);
            return done;
        })
    {
        SentAt = Rabbit.SentAt.Of(Message),
    };

    public Task AckAsync() => Settled().Ack();

    public Task RequeueAsync() => Settled().Reject();

    public Task BuryAsync() => Settled().Nack(requeue: false);

    private CommittableMessage Settled() => reader.IsGone
        ? throw new InvalidOperationException("Its reader has left, and with that this message has gone back.")
        : message;
}
