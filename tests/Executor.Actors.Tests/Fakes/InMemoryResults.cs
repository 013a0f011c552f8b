using Executor.Core;

namespace Executor.Actors.Tests.Fakes;

public sealed class InMemoryResults : IResultStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _rows = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _rows.Count;
            }
        }
    }

    /// <summary>Of each call that fetched: how many it asked for.</summary>
    public List<int> Fetches { get; } = [];

    public Task StoreAsync(IReadOnlyList<ResultRow> batch, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var row in batch)
            {
                _rows.TryAdd(row.Id, row.Json.ToArray());
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ReadOnlyMemory<byte>?>> FetchAsync(IReadOnlyList<string> ids, CancellationToken stop)
    {
        lock (_gate)
        {
            Fetches.Add(ids.Count);
            return Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>?>>(
                [.. ids.Select(id => _rows.TryGetValue(id, out var json) ? json : (ReadOnlyMemory<byte>?)null)]);
        }
    }
}
