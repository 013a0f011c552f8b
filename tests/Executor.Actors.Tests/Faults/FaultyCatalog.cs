using Executor.Core;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyCatalog(IWorkflowCatalog inner, FaultPlan plan) : IWorkflowCatalog
{
    public Task StoreAsync(string hash, string reference, string source, CancellationToken stop) => plan.CallAsync(
        "catalog.store", () => inner.StoreAsync(hash, reference, source, stop), FaultyExecutions.Unreachable);

    public Task<string?> SourceAsync(string hash, CancellationToken stop) => plan.CallAsync(
        "catalog.source", () => inner.SourceAsync(hash, stop), FaultyExecutions.Unreachable);
}
