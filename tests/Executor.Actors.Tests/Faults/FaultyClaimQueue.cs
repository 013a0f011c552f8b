using Executor.Core;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyClaimQueue(IClaimQueue inner, FaultPlan plan) : IClaimQueue
{
    public IAsyncEnumerable<ClaimCall> ReadAsync(CancellationToken stop) =>
        FaultyStream.Messages(plan, "claims.read", inner.ReadAsync(stop), Watch, Copy, stop);

    private static ClaimCall Copy(ClaimCall call) => call switch
    {
        ClaimCall.OfClaim claim => claim with { Reply = _ => Task.CompletedTask },
        ClaimCall.OfRenewal renewal => renewal with { Reply = _ => Task.CompletedTask },
        _ => throw new ArgumentOutOfRangeException(nameof(call)),
    };

    private ClaimCall Watch(ClaimCall call) => call switch
    {
        ClaimCall.OfClaim claim => claim with { Reply = answer => ReplyAsync(() => claim.Reply(answer)) },
        ClaimCall.OfRenewal renewal => renewal with { Reply = answer => ReplyAsync(() => renewal.Reply(answer)) },
        _ => throw new ArgumentOutOfRangeException(nameof(call)),
    };

    private Task ReplyAsync(Func<Task> reply) => plan.CallAsync("claims.reply", reply, FaultyStream.Lost);
}
