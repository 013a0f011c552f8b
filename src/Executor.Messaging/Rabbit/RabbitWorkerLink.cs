using System.Runtime.CompilerServices;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Messaging.Amqp;
using Microsoft.Extensions.Logging;

namespace Executor.Messaging.Rabbit;

/// <summary>The worker's side: requests of its pools, claims, results until they are confirmed, cancels.</summary>
internal sealed class RabbitWorkerLink(RabbitRooms rooms) : IWorkerLink
{
    private const int CancelsInHand = 100;
    private readonly ClaimAsker _asker = new(rooms);
    private readonly Beats _beats = new(rooms);

    public async IAsyncEnumerable<Delivery<TaskRequest>> RequestsAsync(
        string pool, int prefetch, [EnumeratorCancellation] CancellationToken stop)
    {
        var queue = AmqpTopology.TaskQueue(pool);
        var settings = NamedQueueSourceSettings.Create(rooms.Consuming, queue)
            .WithDeclarations(rooms.Topology.Common).WithDeclarations(rooms.Topology.Pool(pool));
        await foreach (var hand in rooms.Intake.ReadAsync(() => settings, prefetch, stop))
        {
            if (await ReadAsync(hand, Reading.Request, queue) is { } request)
            {
                yield return hand.As(request, reason => rooms.Log.LogWarning(
                    "Request for {Slot} of run {RunId} is a dead letter: {Reason}", request.Slot, request.Run, reason));
            }
        }
    }

    public Task<ClaimAnswer> ClaimAsync(Claim claim, CancellationToken stop) => _asker.AskAsync(claim, stop);

    public Task<RenewalAnswer> RenewAsync(Renewal renewal, CancellationToken stop) => _asker.AskAsync(renewal, stop);

    public async Task ReportAsync(TaskResult result, CancellationToken stop)
    {
        var sent = result;
        var body = WireJson.Write(sent);
        if (body.Length > WireJson.BodyLimit)
        {
            var error = $"The result has {body.Length} bytes, and a message holds at most {WireJson.BodyLimit}.";
            sent = sent with { Outcome = new ItemOutcome(SlotStatus.Failed, Value.Null, error) };
            body = WireJson.Write(sent);
        }

        var outcome = await rooms.Outbox.SendAsync(rooms.Letters.Result(sent, body), stop);
        if (outcome is not PublishOutcome.Confirmed)
        {
            throw new AmqpUnavailableException($"The result of {result.Id} is not confirmed: {outcome}");
        }
    }

    public async IAsyncEnumerable<CancelRequest> CancelsAsync(
        string worker, IReadOnlyList<string> pools, [EnumeratorCancellation] CancellationToken stop)
    {
        if (!rooms.Senders.MaySpeakFor(worker))
        {
            rooms.Log.LogError(
                "Nodes will not answer worker {Worker}: its user of the broker is another pool's. Its name should begin with "
                + "the pool and a dot, or EXECUTOR__RABBITMQ_USERS of the nodes say what the user may do", worker);
        }

        await foreach (var hand in rooms.Intake.ReadAsync(() => Control(worker, pools), CancelsInHand, stop))
        {
            if (await ReadAsync(hand, Reading.Cancel, AmqpTopology.ControlExchange) is { } cancel)
            {
                await hand.AckAsync();
                yield return cancel;
            }
        }
    }

    public Task BeatAsync(WorkerBeat beat, CancellationToken stop) => _beats.SendAsync(beat, stop);

    /// <summary>A new name each time: the broker may hold the last one until it has noticed that its owner is gone.</summary>
    private NamedQueueSourceSettings Control(string worker, IReadOnlyList<string> pools)
    {
        var named = pools.Count == 0 || pools.Any(pool => worker.StartsWith(pool + ".", StringComparison.Ordinal));
        var owner = named ? worker : $"{pools[0]}.{worker}";
        var queue = $"{AmqpTopology.ControlExchange}.{owner}.{Guid.NewGuid().ToString("N")[..8]}";
        return NamedQueueSourceSettings.Create(rooms.Consuming, queue)
            .WithDeclarations(rooms.Topology.Common)
            .WithDeclarations(AmqpTopology.Control(queue, worker, pools));
    }

    private async Task<T?> ReadAsync<T>(InHand hand, Func<IncomingMessage, T> read, string queue)
        where T : class
    {
        try
        {
            return read(hand.Message);
        }
        catch (MalformedMessageException malformed)
        {
            await rooms.BuryAsync(hand, malformed, queue);
            return null;
        }
    }
}
