using Akka;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using Akka.Streams.Dsl;
using Executor.Actors.Claims;
using Executor.Actors.Runs;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Completions;

/// <summary>Brings results to their runs: token, run, guard row, and acknowledged last of all.</summary>
/// <remarks>
/// A result stays in hand until its run has stored or refused it; a run that does not answer gets it again later. Only
/// what can never be handled goes to the dead letters.
/// </remarks>
public sealed class CompletionConsumer(
    IResultQueue queue, IDispatchGuard guard, IActorRef region, ClaimToken token, CompletionOptions options,
    IScheduler clock, ILoggingAdapter log)
{
    private const int MostClosedAtOnce = 200;
    private readonly TimeSpan _pause = options.RequeuePause;

    public Task RunAsync(IMaterializer materializer, SharedKillSwitch stop) =>
        RestartSource.WithBackoff(Results, RestartSettings.Create(
                TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), 0.2))
            .Via(stop.Flow<Delivery<TaskResult>>())
            .SelectAsyncUnordered(options.Prefetch, BringAsync)
            .Where(brought => brought.Closing is not null)
            .Batch(MostClosedAtOnce, first => new List<Brought> { first }, (batch, brought) =>
            {
                batch.Add(brought);
                return batch;
            })
            .SelectAsync(1, SettleAsync)
            .RunWith(Sink.Ignore<Done>(), materializer);

    private Source<Delivery<TaskResult>, NotUsed> Results() =>
        Source.From(() => queue.ReadAsync(options.Prefetch, CancellationToken.None));

    private async Task<Brought> BringAsync(Delivery<TaskResult> delivery)
    {
        var result = delivery.Message;
        if (!token.IsFor(result.Token, result.Id, result.Worker, result.ClaimId))
        {
            log.Warning("Result of {Slot} of run {RunId} has no valid token", result.Slot, result.Run);
            await delivery.Reject("The token does not prove a claim to this attempt.");
            return new Brought(delivery, null);
        }

        try
        {
            var command = new RunCommand.FinishItem(result.Slot, result.Outcome, result.EndedAt);
            var accepted = await region.Ask<Accepted>(new ForRun(result.Run, command), options.Patience);
            if (accepted.Refusal is { } refusal)
            {
                await delivery.Reject($"{refusal.Code}: {refusal.Message}");
                return new Brought(delivery, null);
            }

            if (accepted.Ended is not { } ended)
            {
                await delivery.Reject($"{result.Outcome.Status} is not an end of an attempt.");
                return new Brought(delivery, null);
            }

            return new Brought(delivery, new Closing(result.Id, ended));
        }
        catch (AskTimeoutException)
        {
            log.Info("Run {RunId} has not answered for {Slot}; its result comes again", result.Run, result.Slot);
            await RequeueAsync(delivery);
            return new Brought(delivery, null);
        }
    }

    private async Task<Done> SettleAsync(List<Brought> batch)
    {
        try
        {
            var closings = batch.Select(brought => brought.Closing!).DistinctBy(closing => closing.Id).ToArray();
            await guard.CloseAsync(closings, CancellationToken.None);
            foreach (var brought in batch)
            {
                await brought.Delivery.Ack();
            }
        }
        catch (StorageException unreachable)
        {
            log.Warning(unreachable, "{Count} results stay in hand: their rows cannot be closed now", batch.Count);
            await Task.WhenAll(batch.Select(brought => RequeueAsync(brought.Delivery)));
        }

        return Done.Instance;
    }

    /// <summary>Never at once: a run that is away for a second must not see its message a thousand times.</summary>
    private async Task RequeueAsync(Delivery<TaskResult> delivery)
    {
        var pause = _pause * Math.Min(delivery.Deliveries, 10) * (0.8 + (0.4 * Random.Shared.NextDouble()));
        await Akka.Pattern.FutureTimeoutSupport.After(pause, clock, () => Task.FromResult(Done.Instance));
        await delivery.Requeue();
    }

    private sealed record Brought(Delivery<TaskResult> Delivery, Closing? Closing);
}
