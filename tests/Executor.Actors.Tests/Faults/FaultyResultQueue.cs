using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyResultQueue(IResultQueue inner, FaultPlan plan) : IResultQueue
{
    public IAsyncEnumerable<Delivery<TaskResult>> ReadAsync(int prefetch, CancellationToken stop) =>
        FaultyStream.Deliveries(plan, "results.read", inner.ReadAsync(prefetch, stop), stop);
}
