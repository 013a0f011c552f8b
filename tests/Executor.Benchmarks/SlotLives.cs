using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Benchmarks;

/// <summary>The four calls in the life of a slot, for batches of them.</summary>
internal static class SlotLives
{
    /// <summary>Calls on one row each, in the life of a slot.</summary>
    public const int Calls = 4;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    public static async Task LiveAsync(IDispatchGuard guard, RunId run, int batches, int size)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            var slots = Enumerable.Range(batch * size, size).Select(item => new Slot("build", 1, item, 1)).ToArray();
            var ids = slots.Select(slot => DispatchId.Of(run, slot)).ToArray();
            await guard.ReserveAsync(
                [.. ids.Zip(slots, (id, slot) => new Reservation(id, run, slot, 1, "default"))], CancellationToken.None);
            await guard.MarkSentAsync(ids, CancellationToken.None);
            await guard.ClaimAsync(
                [.. ids.Zip(slots, (id, slot) => new Claim(id, run, slot, "w1", "c1"))], Lease, CancellationToken.None);
            await guard.CloseAsync(
                [.. ids.Select(id => new Closing(id, SlotStatus.Completed))], CancellationToken.None);
        }
    }
}
