using Akka;
using Akka.Streams.Dsl;

namespace Executor.Messaging.Amqp;

public static class AmqpFlow
{
    /// <summary>
    /// Publishes what comes, with confirms, and tells for each in the order given what has become of it. Up to the window
    /// of the settings is on its way at a time. It does not fail: when the broker is away, it waits and then says so.
    /// </summary>
    public static Flow<(OutgoingMessage Message, TPassThrough PassThrough), (PublishOutcome Outcome, TPassThrough PassThrough), NotUsed>
        Create<TPassThrough>(AmqpSinkSettings settings) =>
        Flow.FromGraph(new PublishStage<TPassThrough>(settings));
}
