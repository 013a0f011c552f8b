using Executor.Core;

namespace Executor.Actors.Tests.Fakes;

public class InMemoryCharter : IClusterCharter
{
    private readonly Lock _gate = new();
    private Charter? _row;

    public virtual Task<Charter?> ReadAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            return Task.FromResult(_row);
        }
    }

    public virtual Task<bool> FoundAsync(string id, string alone, Charter? seen, CancellationToken stop)
    {
        lock (_gate)
        {
            var isFree = _row is null || _row.Id == id || (_row.Id, _row.Beat) == (seen?.Id, seen?.Beat);
            _row = isFree ? new Charter(id, (_row?.Beat ?? 0) + 1, alone) : _row;
            return Task.FromResult(isFree);
        }
    }

    public virtual Task<bool> RenewAsync(string id, string? alone, CancellationToken stop)
    {
        lock (_gate)
        {
            var isOurs = _row?.Id == id;
            _row = isOurs ? new Charter(id, _row!.Beat + 1, alone) : _row;
            return Task.FromResult(isOurs);
        }
    }

    public virtual Task ReleaseAsync(string id, CancellationToken stop)
    {
        lock (_gate)
        {
            _row = _row?.Id == id ? null : _row;
            return Task.CompletedTask;
        }
    }
}
