using Akka;
using Akka.Event;
using Akka.Streams;
using Akka.Streams.Dsl;
using Executor.Actors.Streams;
using Executor.Actors.Telemetry;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Claims;

/// <summary>Answers workers that want to make an attempt, or say that they are still at it.</summary>
/// <remarks>
/// Calls that come while the database is busy are answered together. One that cannot be answered is not: the worker
/// repeats it, and the same claim is granted again.
/// </remarks>
public sealed class ClaimDesk(
    IClaimQueue queue, IDispatchGuard guard, ClaimToken token, TimeSpan lease, BarredClaims barred, ILoggingAdapter log)
{
    private const int MostAtOnce = 200;

    public Task RunAsync(IMaterializer materializer, SharedKillSwitch stop) =>
        Unending.RunAsync(Answered, materializer, stop);

    private Source<Done, NotUsed> Answered() =>
        Source.From(() => queue.ReadAsync(CancellationToken.None))
            .Batch(MostAtOnce, first => new List<ClaimCall> { first }, (batch, call) =>
            {
                batch.Add(call);
                return batch;
            })
            .SelectAsync(1, AnswerAsync);

    private async Task<Done> AnswerAsync(List<ClaimCall> batch)
    {
        try
        {
            await AnswerClaimsAsync([.. batch.OfType<ClaimCall.OfClaim>()]);
            await AnswerRenewalsAsync([.. batch.OfType<ClaimCall.OfRenewal>()]);
        }
        catch (StorageException unreachable)
        {
            EngineMeter.Claim("none", batch.OfType<ClaimCall.OfClaim>().Count());
            log.Warning(unreachable, "{Count} claims and renewals get no answer now; their workers will ask again", batch.Count);
        }

        return Done.Instance;
    }

    private async Task AnswerClaimsAsync(IReadOnlyList<ClaimCall.OfClaim> calls)
    {
        foreach (var round in Rounds(calls, call => call.Claim.Id))
        {
            var verdicts = await guard.ClaimAsync(
                round.Select(call => call.Claim).ToArray(), lease, CancellationToken.None);
            var judged = round.Zip(verdicts, (call, verdict) => (Call: call, Verdict: verdict)).ToLookup(
                one => one.Verdict.BarredFrom is not null);
            foreach (var (call, verdict) in judged[false])
            {
                Count(call.Claim, verdict.IsGranted);
                await call.Reply(AnswerTo(call.Claim, verdict.IsGranted));
            }

            // After the others, who need not wait for what is written down about these.
            await barred.RefuseAsync(judged[true]);
        }
    }

    private async Task AnswerRenewalsAsync(IReadOnlyList<ClaimCall.OfRenewal> calls)
    {
        foreach (var round in Rounds(calls, call => call.Renewal.Id))
        {
            var running = await guard.RenewAsync(
                round.Select(call => call.Renewal).ToArray(), lease, CancellationToken.None);
            for (var place = 0; place < round.Count; place++)
            {
                EngineMeter.Renewal(running[place]);
                await round[place].Reply(new RenewalAnswer(round[place].Renewal.Id, running[place]));
            }
        }
    }

    private static void Count(Claim claim, bool granted)
    {
        EngineMeter.Claim(granted ? "granted" : "refused");
        if (granted && claim.Waited is { } waited)
        {
            EngineMeter.QueueWait.Record(waited.TotalSeconds);
        }
    }

    private ClaimAnswer AnswerTo(Claim claim, bool granted) => granted
        ? new ClaimAnswer.Granted(claim.Id, token.For(claim.Id, claim.Worker, claim.ClaimId), lease)
        : new ClaimAnswer.Refused(claim.Id);

    /// <summary>A batch of the guard names each attempt once; a second claim for one waits for the answer to the first.</summary>
    private static IEnumerable<List<T>> Rounds<T>(IReadOnlyList<T> calls, Func<T, DispatchId> id)
    {
        var rest = calls.ToList();
        while (rest.Count > 0)
        {
            var taken = new HashSet<DispatchId>();
            var round = rest.FindAll(call => taken.Add(id(call)));
            rest = [.. rest.Except(round)];
            yield return round;
        }
    }
}
