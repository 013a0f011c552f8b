using Akka;
using Akka.Streams.Dsl;

namespace Executor.Messaging.Amqp;

public static class AmqpSink
{
    /// <summary>Publishes what comes. Completes when all is confirmed; fails at the first message that is not.</summary>
    public static Sink<OutgoingMessage, Task<Done>> Create(AmqpSinkSettings settings) =>
        Flow.Create<OutgoingMessage>()
            .Select(message => (message, NotUsed.Instance))
            .Via(AmqpFlow.Create<NotUsed>(settings))
            .ToMaterialized(Sink.ForEach<(PublishOutcome Outcome, NotUsed)>(sent => Demand(sent.Outcome)), Keep.Right);

    private static void Demand(PublishOutcome outcome)
    {
        if (outcome is not PublishOutcome.Confirmed)
        {
            throw new AmqpUnavailableException($"A message is not confirmed: {outcome}");
        }
    }
}
