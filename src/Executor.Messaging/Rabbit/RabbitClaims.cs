using System.Runtime.CompilerServices;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;

namespace Executor.Messaging.Rabbit;

/// <summary>Claims and renewals of all workers, some to a message; any node may answer.</summary>
/// <remarks>A message is acknowledged as soon as it is read: who gets no answer asks again, and the same claim is granted again.</remarks>
internal sealed class RabbitClaims(RabbitRooms rooms) : IClaimQueue
{
    private const int Prefetch = 64;
    private readonly Replies _replies = new(rooms);

    public async IAsyncEnumerable<ClaimCall> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var settings = NamedQueueSourceSettings.Create(rooms.Consuming, AmqpTopology.ClaimQueue)
            .WithDeclarations(rooms.Topology.Common);
        await foreach (var hand in rooms.Intake.ReadAsync(() => settings, Prefetch, stop))
        {
            var calls = await ReadAsync(hand, stop);
            await hand.AckAsync();
            if (calls is null)
            {
                continue;
            }

            var answers = new GatheredAnswers(
                calls.Claims.Count + calls.Renewals.Count, rooms.Time,
                gathered => _replies.Send(gathered, hand.Message.Properties.ReplyTo!, hand.Message.Properties.CorrelationId));
            foreach (var renewal in calls.Renewals)
            {
                yield return new ClaimCall.OfRenewal(renewal, answers.AddAsync);
            }

            foreach (var claim in calls.Claims)
            {
                yield return new ClaimCall.OfClaim(claim, answers.AddAsync);
            }
        }
    }

    private async Task<ClaimCalls?> ReadAsync(InHand hand, CancellationToken stop)
    {
        try
        {
            return Reading.Calls(hand.Message, rooms.Senders);
        }
        catch (MalformedMessageException malformed)
        {
            await rooms.ParkAsync(hand.Message, malformed.Message, stop);
            return null;
        }
    }
}
