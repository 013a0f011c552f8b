using System.Diagnostics;
using Akka;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using Akka.Streams.Dsl;
using Executor.Actors.Claims;
using Executor.Actors.Runs;
using Executor.Actors.Streams;
using Executor.Actors.Telemetry;
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

    /// <summary>Of one result, before another node may try.</summary>
    private const int MostAsks = 5;

    /// <summary>How many times as long as the first the longest pause is: with half a second, ten deliveries last 30 s.</summary>
    private const int MostPauses = 12;

    private readonly TimeSpan _pause = options.RequeuePause;

    public Task RunAsync(IMaterializer materializer, Intake intake, SharedKillSwitch stop) =>
        Unending.RunAsync(() => Settled(intake), materializer, stop);

    private Source<Done, NotUsed> Settled(Intake intake) =>
        Source.From(() => intake.ReadAsync(queue.ReadAsync(options.Prefetch, CancellationToken.None)))
            .SelectAsyncUnordered(options.Prefetch, delivery => BringAsync(delivery, intake))
            .Where(brought => brought.Closing is not null)
            .Batch(MostClosedAtOnce, first => new List<Brought> { first }, (batch, brought) =>
            {
                batch.Add(brought);
                return batch;
            })
            .SelectAsync(1, SettleAsync);

    private async Task<Brought> BringAsync(Delivery<TaskResult> delivery, Intake intake)
    {
        var (result, arrived) = (delivery.Message, Stopwatch.GetTimestamp());
        if (delivery.Deliveries > 1)
        {
            EngineMeter.ResultsRedelivered.Add(1);
        }

        if (!token.IsFor(result.Token, result.Id, result.Worker, result.ClaimId))
        {
            EngineMeter.Result("forged");
            log.Warning("Result of {Slot} of run {RunId} has no valid token", result.Slot, result.Run);
            await delivery.Reject("The token does not prove a claim to this attempt.");
            return new Brought(delivery, null);
        }

        switch (await AskAsync(result, intake))
        {
            case null:
                log.Info("Run {RunId} has not stored {Slot} yet; its result comes again", result.Run, result.Slot);
                await RequeueAsync(delivery);
                return new Brought(delivery, null);
            case { Refusal: { } refusal }:
                EngineMeter.Result("refused");
                await delivery.Reject($"{refusal.Code}: {refusal.Message}");
                return new Brought(delivery, null);
            case { Ended: { } ended }:
                Record(result, ended);
                EngineMeter.ResultTime.Record(Stopwatch.GetElapsedTime(arrived).TotalSeconds);
                return new Brought(delivery, new Closing(result.Id, ended));
            default:
                EngineMeter.Result("refused");
                await delivery.Reject($"{result.Outcome.Status} is not an end of an attempt.");
                return new Brought(delivery, null);
        }
    }

    /// <summary>
    /// An attempt that has ended otherwise before, given up for lost, too long or cancelled, keeps that end.
    /// </summary>
    private void Record(TaskResult result, SlotStatus ended)
    {
        var isLate = ended != result.Outcome.Status;
        EngineMeter.Result(isLate ? "late" : "stored");
        if (isLate)
        {
            log.Info(
                "result.late: worker {Worker} told that {Slot} of run {RunId} is {Told}, but it had ended before and stays {Ended}",
                result.Worker, result.Slot, result.Run, StatusWords.Of(result.Outcome.Status), StatusWords.Of(ended));
        }
    }

    /// <summary>
    /// Silence may mean that the question itself was lost, so it is asked again; an answer that puts off is handed on.
    /// </summary>
    private async Task<Accepted?> AskAsync(TaskResult result, Intake intake)
    {
        var command = new RunCommand.FinishItem(result.Slot, result.Outcome, clock.Now, result.EndedAt);
        for (var asks = 1; ; asks++)
        {
            var asked = Stopwatch.GetTimestamp();
            var accepted = await RunQuestion.AskAsync<Accepted>(
                region, result.Run, command, options.Patience, CancellationToken.None, result.Trace);
            var isSilent = accepted is null && Stopwatch.GetElapsedTime(asked) >= options.Patience;
            if (!isSilent || asks == MostAsks || intake.IsClosed)
            {
                return accepted;
            }
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
        EngineMeter.Result("returned");
        var pause = _pause * Math.Min(Math.Pow(2, delivery.Deliveries - 1), MostPauses) * (0.8 + (0.4 * Random.Shared.NextDouble()));
        await Akka.Pattern.FutureTimeoutSupport.After(pause, clock, () => Task.FromResult(Done.Instance));
        await delivery.Requeue();
    }

    private sealed record Brought(Delivery<TaskResult> Delivery, Closing? Closing);
}
