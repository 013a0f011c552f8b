using System.Collections.Concurrent;
using System.Diagnostics;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Messaging.Amqp;
using Executor.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace Executor.Messaging.Rabbit;

/// <summary>Requests to the workers, by pool; and those that come back dead.</summary>
/// <remarks>
/// A request that can never be published (its body too large, its pool no name) is a dead letter at once, of this process:
/// it counts as published, and if this process ends before somebody has taken note, the reconciler has it sent again.
/// </remarks>
internal sealed class RabbitTaskQueue(RabbitRooms rooms) : ITaskQueue
{
    private readonly DeadLetters _dead = new(rooms);
    private readonly ConcurrentDictionary<string, Task> _pools = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<bool>> PublishAsync(IReadOnlyList<TaskRequest> batch, CancellationToken stop) =>
        await Task.WhenAll(batch.Select(request => PublishAsync(request, stop)));

    public async Task CancelAsync(CancelRequest cancel, CancellationToken stop)
    {
        if (!AmqpTopology.IsName(cancel.Worker ?? cancel.Pool))
        {
            return;
        }

        var outcome = await rooms.Outbox.SendAsync(rooms.Letters.Cancel(cancel), stop);
        if (outcome is not PublishOutcome.Confirmed)
        {
            rooms.Log.LogInformation("The cancel of {DispatchId} is lost: {Outcome}", cancel.Id, outcome);
        }
    }

    public IAsyncEnumerable<Delivery<TaskRequest>> DeadLettersAsync(CancellationToken stop) => _dead.ReadAsync(stop);

    private async Task<bool> PublishAsync(TaskRequest wanted, CancellationToken stop)
    {
        using var span = BrokerTracing.Publish(wanted);
        var request = span is null ? wanted : wanted with { Trace = span.Id };
        var body = WireJson.Write(request);
        if (Impossible(request, body) is { } reason)
        {
            _dead.Add(request, reason);
            return true;
        }

        var outcome = await SendAsync(request, body, stop);
        if (outcome is PublishOutcome.Unroutable)
        {
            // The queue was deleted: it is made again, and nothing has been sent yet.
            _pools.TryRemove(request.Pool, out _);
            outcome = await SendAsync(request, body, stop);
        }

        if (outcome is not PublishOutcome.Confirmed)
        {
            span?.SetStatus(ActivityStatusCode.Error, outcome.GetType().Name);
            rooms.Log.LogWarning(
                "Request for {Slot} of run {RunId} is not confirmed: {Outcome}", request.Slot, request.Run, outcome);
        }

        return outcome is PublishOutcome.Confirmed;
    }

    private async Task<PublishOutcome> SendAsync(TaskRequest request, byte[] body, CancellationToken stop)
    {
        try
        {
            await PoolAsync(request.Pool).WaitAsync(rooms.Options.ConfirmPatience, stop);
        }
        catch (AmqpTopologyException other)
        {
            rooms.Log.LogError("Requests of pool {Pool} cannot be published: {Problem}", request.Pool, other.Message);
            return new PublishOutcome.Refused(other.Message);
        }
        catch (Exception away) when (AmqpFailure.IsBroker(away) && !stop.IsCancellationRequested)
        {
            return new PublishOutcome.Unknown(AmqpFailure.Sentence(away));
        }

        return await rooms.Outbox.SendAsync(rooms.Letters.Request(request, body), stop);
    }

    /// <summary>Made once for all who wait; after a failure again for the next.</summary>
    private Task PoolAsync(string pool)
    {
        var made = _pools.GetOrAdd(pool, MakeAsync);
        if (made.IsFaulted || made.IsCanceled)
        {
            _pools.TryRemove(KeyValuePair.Create(pool, made));
            made = _pools.GetOrAdd(pool, MakeAsync);
        }

        return made;
    }

    private async Task MakeAsync(string pool)
    {
        var connection = await rooms.Publishing.OpenAsync(CancellationToken.None);
        await Declaring.DeclareAsync(
            connection, [.. rooms.Topology.Common, .. rooms.Topology.Pool(pool)], CancellationToken.None);
    }

    private static string? Impossible(TaskRequest request, byte[] body) =>
        body.Length > WireJson.BodyLimit
            ? $"The request has {body.Length} bytes, and a message holds at most {WireJson.BodyLimit}."
            : AmqpTopology.IsName(request.Pool) ? null : $"'{request.Pool}' is no name for a pool.";
}
