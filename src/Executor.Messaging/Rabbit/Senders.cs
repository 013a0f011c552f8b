using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using Executor.Messaging.Telemetry;

namespace Executor.Messaging.Rabbit;

/// <summary>Whether who has sent a message, which the broker vouches for, may speak for the worker that it names.</summary>
/// <param name="self">Our own user: what a node sends again is from a worker all the same, and was looked at before.</param>
internal sealed class Senders(PoolUsers users, string self)
{
    /// <summary>Of a worker that asks about itself: whether nodes that go by names will hear it.</summary>
    public bool MaySpeakFor(string worker) => users.MaySpeakFor(self, worker);

    /// <returns>Null: it may claim slots of every pool.</returns>
    public ClaimSender? Of(IncomingMessage message) =>
        message.Properties.UserId is { } user && user != self && users.PoolsOf(user) is { } pools
            ? new ClaimSender(user, pools)
            : null;

    /// <exception cref="MalformedMessageException">It names no user, or one of other pools.</exception>
    public void Check(IncomingMessage message, IEnumerable<string> workers)
    {
        // The broker lets nobody name another user, but lets him name none.
        if (message.Properties.UserId is not { Length: > 0 } user)
        {
            throw new MalformedMessageException("A worker's message carries the property user_id.");
        }

        if (user != self && workers.FirstOrDefault(worker => !users.MaySpeakFor(user, worker)) is { } other)
        {
            BrokerMeter.Foreign(message);
            throw new MalformedMessageException($"User '{user}' of the broker may not speak for worker '{other}'.");
        }
    }
}
