using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using Microsoft.Extensions.Logging;

namespace Executor.Messaging.Rabbit;

/// <summary>The dead letters of all queues, sorted: requests to whoever ends their attempts, the rest to the parking queue.</summary>
internal sealed class DeadLetters(RabbitRooms rooms)
{
    private const int Prefetch = 32;
    private readonly Channel<Delivery<TaskRequest>> _own = Channel.CreateUnbounded<Delivery<TaskRequest>>();

    /// <summary>One that never reached the broker.</summary>
    public void Add(TaskRequest request, string reason)
    {
        rooms.Log.LogWarning(
            "Request for {Slot} of run {RunId} cannot be published: {Reason}", request.Slot, request.Run, reason);
        Add(request, deliveries: 1);
    }

    public async IAsyncEnumerable<Delivery<TaskRequest>> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var merged = Channel.CreateBounded<Delivery<TaskRequest>>(1);
        var sources = Task.WhenAll(
            PourAsync(_own.Reader.ReadAllAsync(leaving.Token), merged.Writer, leaving.Token),
            PourAsync(BrokersAsync(leaving.Token), merged.Writer, leaving.Token));
        try
        {
            await foreach (var letter in merged.Reader.ReadAllAsync(stop))
            {
                yield return letter;
            }
        }
        finally
        {
            await leaving.CancelAsync();
            await sources.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PourAsync(
        IAsyncEnumerable<Delivery<TaskRequest>> from, ChannelWriter<Delivery<TaskRequest>> into, CancellationToken stop)
    {
        try
        {
            await foreach (var letter in from.WithCancellation(stop))
            {
                await into.WriteAsync(letter, stop);
            }
        }
        catch (Exception failure)
        {
            into.TryComplete(failure);
        }
    }

    private async IAsyncEnumerable<Delivery<TaskRequest>> BrokersAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var settings = NamedQueueSourceSettings.Create(rooms.Consuming, AmqpTopology.DeadLetterQueue)
            .WithDeclarations(rooms.Topology.Common);
        await foreach (var hand in rooms.Intake.ReadAsync(() => settings, Prefetch, stop))
        {
            if (await SortAsync(hand, stop) is { } request)
            {
                yield return new Delivery<TaskRequest>(
                    request, hand.Message.Deliveries, hand.AckAsync, hand.RequeueAsync, async reason =>
                        await SettleAsync(hand, await rooms.ParkAsync(hand.Message, reason, stop)))
                {
                    HasExpired = FirstReason(hand.Message) == "expired",
                };
            }
        }
    }

    /// <returns>Null: it was none for our reader, and is settled.</returns>
    private async Task<TaskRequest?> SortAsync(InHand hand, CancellationToken stop)
    {
        try
        {
            if (hand.Message.Properties.Type == WireTypes.TaskResult && FirstReason(hand.Message) == "delivery_limit")
            {
                _ = Reading.Result(hand.Message, rooms.Senders);
                await SettleAsync(hand, await rooms.Outbox.SendAsync(rooms.Letters.Again(hand.Message), stop));
                return null;
            }

            return Reading.Request(hand.Message);
        }
        catch (MalformedMessageException malformed)
        {
            var reason = $"{FirstReason(hand.Message)}: {malformed.Message}";
            await SettleAsync(hand, await rooms.ParkAsync(hand.Message, reason, stop));
            return null;
        }
    }

    private static Task SettleAsync(InHand hand, PublishOutcome outcome) =>
        SettleAsync(hand, outcome is PublishOutcome.Confirmed);

    private static Task SettleAsync(InHand hand, bool safe) => safe ? hand.AckAsync() : hand.RequeueAsync();

    /// <summary>Why the broker has called it dead: rejected, expired, maxlen or delivery_limit.</summary>
    private static string? FirstReason(IncomingMessage message) =>
        message.Properties.Headers?.TryGetValue("x-first-death-reason", out var reason) == true && reason is byte[] text
            ? Encoding.UTF8.GetString(text)
            : null;

    private void Add(TaskRequest request, int deliveries) => _own.Writer.TryWrite(new Delivery<TaskRequest>(
        request, deliveries, () => Task.CompletedTask, () =>
        {
            Add(request, deliveries + 1);
            return Task.CompletedTask;
        },
        reason =>
        {
            rooms.Log.LogWarning(
                "Dead request for {Slot} of run {RunId} is dropped: {Reason}", request.Slot, request.Run, reason);
            return Task.CompletedTask;
        }));
}
