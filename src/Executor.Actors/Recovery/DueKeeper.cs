using Executor.Actors.Batching;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Recovery;

/// <param name="Due">Null when the run has ended.</param>
public sealed record KeepDue(RunId Run, DateTimeOffset? Due);

/// <summary>Stores when each unfinished run must be looked at; only the latest time of a run is written.</summary>
public sealed class DueKeeper : BatchingActor<IReadOnlyList<(RunId Run, DateTimeOffset? Due)>, bool>
{
    private const int MostAtOnce = 500;
    private readonly IDueTimes _store;
    private readonly Dictionary<RunId, DateTimeOffset?> _waiting = [];

    public DueKeeper(IDueTimes store)
    {
        _store = store;
        Receive<KeepDue>(keep =>
        {
            _waiting[keep.Run] = keep.Due;
            Proceed();
        });
    }

    protected override IReadOnlyList<(RunId Run, DateTimeOffset? Due)>? TakeBatch()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        var batch = _waiting.Take(MostAtOnce).Select(pair => (pair.Key, pair.Value)).ToArray();
        foreach (var (run, _) in batch)
        {
            _waiting.Remove(run);
        }

        return batch;
    }

    protected override async Task<bool> WorkAsync(
        IReadOnlyList<(RunId Run, DateTimeOffset? Due)> batch, CancellationToken stop)
    {
        await _store.SetAsync(batch, stop);
        return true;
    }

    protected override void Finished(IReadOnlyList<(RunId Run, DateTimeOffset? Due)> batch, bool done)
    {
    }
}
