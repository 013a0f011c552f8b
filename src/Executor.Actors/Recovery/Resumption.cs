using Akka.Actor;
using Executor.Actors.Runs;
using Executor.Core;

namespace Executor.Actors.Recovery;

/// <summary>What a process does once, before it takes anything new.</summary>
internal sealed class Resumption(IDispatchGuard guard, IDueTimes dueTimes, IActorRef region)
{
    private const int MostAtOnce = 500;

    /// <summary>Nothing that was sent can still arrive, and nobody who claimed is alive. The reconciler tells the runs.</summary>
    public async Task ForgetLastProcessAsync(CancellationToken stop)
    {
        while ((await guard.AbandonRunningAsync(MostAtOnce, stop)).Count == MostAtOnce)
        {
        }

        await guard.UnsendStaleAsync(TimeSpan.Zero, int.MaxValue, stop);
    }

    public async Task WakeAllAsync(CancellationToken stop)
    {
        foreach (var due in await dueTimes.DueAsync(DateTimeOffset.MaxValue, null, int.MaxValue, stop))
        {
            region.Tell(new ForRun(due.Run, Wake.Up), ActorRefs.NoSender);
        }
    }
}
