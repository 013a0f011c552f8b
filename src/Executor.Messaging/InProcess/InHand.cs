using Executor.Core.Messages;

namespace Executor.Messaging.InProcess;

/// <summary>One handing-out of a message; a second one of the same message is another.</summary>
internal sealed class InHand<T>
{
    private readonly Consumer<T> _holder;

    public InHand(Consumer<T> holder, T message, int deliveries)
    {
        _holder = holder;
        Delivery = new Delivery<T>(message, deliveries, Ack, Requeue, Reject);
    }

    public Delivery<T> Delivery { get; }

    private Task Ack()
    {
        _holder.Ack(this);
        return Task.CompletedTask;
    }

    private Task Requeue()
    {
        _holder.Requeue(this);
        return Task.CompletedTask;
    }

    private Task Reject(string reason)
    {
        _holder.Reject(this, reason);
        return Task.CompletedTask;
    }
}
