using Executor.Core;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyResultStore(IResultStore inner, FaultPlan plan) : IResultStore
{
    public Task StoreAsync(IReadOnlyList<ResultRow> batch, CancellationToken stop) =>
        plan.CallAsync("stored.store", () => inner.StoreAsync(batch, stop), FaultyExecutions.Unreachable);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>?>> FetchAsync(IReadOnlyList<string> ids, CancellationToken stop) =>
        plan.CallAsync("stored.fetch", () => inner.FetchAsync(ids, stop), FaultyExecutions.Unreachable);
}
