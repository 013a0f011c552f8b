using Executor.Actors.Batching;
using Executor.Actors.Recovery;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Dispatching;

/// <summary>Takes back requests that a run wants no longer: unclaimed ones end, running ones are asked to stop.</summary>
public sealed class Withdrawer : BatchingActor<IReadOnlyList<Withdrawer.Item>, int>
{
    private const int MostAtOnce = 500;
    private readonly IDispatchGuard _guard;
    private readonly ITaskQueue _tasks;
    private readonly EndCourier _ends;
    private readonly Dictionary<DispatchId, Item> _waiting = [];
    private readonly Askers _askers = new();

    public Withdrawer(IDispatchGuard guard, ITaskQueue tasks, EndCourier ends)
    {
        _guard = guard;
        _tasks = tasks;
        _ends = ends;
        Receive<Unwanted>(Gather);
    }

    protected override IReadOnlyList<Item>? TakeBatch()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        var batch = _waiting.Values.Take(MostAtOnce).ToArray();
        foreach (var item in batch)
        {
            _waiting.Remove(item.Effect.Id);
        }

        return batch;
    }

    protected override async Task<int> WorkAsync(IReadOnlyList<Item> batch, CancellationToken stop)
    {
        var rows = await _guard.WithdrawAsync(batch.Select(WithdrawalOf).ToArray(), stop);
        for (var place = 0; place < rows.Count; place++)
        {
            var row = rows[place];
            if (row.Status == SlotStatus.Running && batch[place].Effect.StopRunning)
            {
                // A running row names its worker, so the pool, which is not known here, is not asked for.
                await _tasks.CancelAsync(new CancelRequest(row.Id, row.Run, row.Slot, string.Empty, row.Worker), stop);
            }
        }

        // An end whose news does not get through stays unclosed, and the reconciler brings it again.
        return await _ends.DeliverAsync(rows, stop);
    }

    protected override void Finished(IReadOnlyList<Item> batch, int done) =>
        _askers.Tell(batch.Select(item => item.Effect.Id));

    private static Withdrawal WithdrawalOf(Item item) =>
        new(item.Effect.Id, item.Run, item.Effect.Slot, item.Effect.Status);

    private void Gather(Unwanted unwanted)
    {
        foreach (var effect in unwanted.Withdrawals)
        {
            _waiting[effect.Id] = new Item(unwanted.Run, effect);
            _askers.Add(effect.Id, Sender, Self);
        }

        Proceed();
    }

    public sealed record Item(RunId Run, RunEffect.Withdraw Effect);
}
