using Executor.Core.Runs;

namespace Executor.Core;

/// <summary>Results that are too large for the journal, beside it. Written before the entry that refers to them.</summary>
/// <remarks>
/// Every call throws <see cref="StorageException"/> as the guard does; repeating is safe. What no entry refers to harms
/// nobody. The id of a result is that of its content, so whoever refers to it need not know which run has stored it.
/// </remarks>
public interface IResultStore
{
    const int BatchLimit = 100;

    /// <summary>All or nothing. A result that is there already stays as it is: the same id is the same content.</summary>
    /// <param name="batch">1 to <see cref="BatchLimit"/> results of any runs; one may stand in it twice.</param>
    Task StoreAsync(IReadOnlyList<ResultRow> batch, CancellationToken stop);

    /// <param name="ids">1 to <see cref="BatchLimit"/>.</param>
    /// <returns>In the order given: the JSON as it was stored; null where there is none.</returns>
    Task<IReadOnlyList<ReadOnlyMemory<byte>?>> FetchAsync(IReadOnlyList<string> ids, CancellationToken stop);
}

/// <param name="Id">As of <see cref="Values.StoredResult"/>.</param>
/// <param name="Run">Which stores it; of several the first is kept, for people.</param>
/// <param name="Json">In UTF-8.</param>
public sealed record ResultRow(string Id, RunId Run, ReadOnlyMemory<byte> Json);
