using Akka.Actor;
using Akka.Event;
using Executor.Actors.Telemetry;
using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Actors.Claims;

/// <summary>Claims from a sender that may not serve the slot's pool: refused by name, counted, told, and written down.</summary>
/// <param name="audit">Null: the log is all there is.</param>
public sealed class BarredClaims(IAudit? audit, ITimeProvider clock, ILoggingAdapter log)
{
    /// <summary>One row of the audit for all that came together from one user for one pool.</summary>
    public async Task RefuseAsync(IEnumerable<(ClaimCall.OfClaim Call, ClaimVerdict Verdict)> claims)
    {
        foreach (var alike in claims.GroupBy(one => (one.Call.Claim.Sender!.User, Pool: one.Verdict.BarredFrom!)))
        {
            EngineMeter.Claim("pool", alike.Count());
            await WriteDownAsync(alike.Key.User, alike.Key.Pool, [.. alike.Select(one => one.Call.Claim)]);
            foreach (var (call, _) in alike)
            {
                await call.Reply(new ClaimAnswer.Refused(call.Claim.Id, ClaimCodes.Pool));
            }
        }
    }

    private async Task WriteDownAsync(string user, string pool, Claim[] claims)
    {
        var first = claims[0];
        log.Warning(
            "claim.pool: user {User} of the broker may serve {Pools} and, as worker {Worker}, claims {Slot} of run {RunId}, "
            + "which is of pool {Pool}",
            user, string.Join(", ", first.Sender!.Pools), first.Worker, first.Slot, first.Run, pool);
        if (audit is null)
        {
            return;
        }

        try
        {
            await audit.AppendAsync(
                new AuditRow(
                    clock.Now, $"broker user {user}", first.Worker, first.Id.Text, "claim",
                    $"{claims.Length} of pool {pool}, first {first.Slot} of run {first.Run}", ClaimCodes.Pool),
                CancellationToken.None);
        }
        catch (StorageException unreachable)
        {
            log.Warning(unreachable, "claim.pool: refused, and not written into the audit");
        }
    }
}
