using Akka;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using Akka.Streams.Dsl;
using Executor.Actors.Streams;
using Executor.Actors.Telemetry;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Recovery;

/// <summary>Requests that no worker could take become failed attempts, unless somebody has claimed them after all.</summary>
public sealed class DeadLetterConsumer(
    ITaskQueue queue, IDispatchGuard guard, EndCourier ends, IScheduler clock, ILoggingAdapter log)
{
    private const int InHand = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Task RunAsync(IMaterializer materializer, Intake intake, SharedKillSwitch stop) =>
        Unending.RunAsync(() => Buried(intake), materializer, stop);

    private Source<Done, NotUsed> Buried(Intake intake) =>
        Source.From(() => intake.ReadAsync(queue.DeadLettersAsync(CancellationToken.None)))
            .SelectAsyncUnordered(InHand, BuryAsync);

    private async Task<Done> BuryAsync(Delivery<TaskRequest> letter)
    {
        var request = letter.Message;
        try
        {
            log.Warning("Request for {Slot} of run {RunId} could not be taken by any worker", request.Slot, request.Run);
            var withdrawal = new Withdrawal(request.Id, request.Run, request.Slot, SlotStatus.Failed);
            var rows = await guard.WithdrawAsync([withdrawal], CancellationToken.None);
            await ends.DeliverAsync(rows, CancellationToken.None, letter.HasExpired);
            EngineMeter.DeadLetters.Add(1);
            await letter.Ack();
        }
        catch (StorageException unreachable)
        {
            log.Warning(unreachable, "A dead letter stays where it is");
            await Akka.Pattern.FutureTimeoutSupport.After(Pause, clock, () => Task.FromResult(Done.Instance));
            await letter.Requeue();
        }

        return Done.Instance;
    }
}
