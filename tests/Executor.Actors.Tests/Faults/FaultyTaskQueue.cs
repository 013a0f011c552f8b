using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyTaskQueue(ITaskQueue inner, FaultPlan plan) : ITaskQueue
{
    public Task<IReadOnlyList<bool>> PublishAsync(IReadOnlyList<TaskRequest> batch, CancellationToken stop) =>
        plan.CallAsync("tasks.publish", () => inner.PublishAsync(batch, stop), FaultyStream.Lost);

    public Task CancelAsync(CancelRequest cancel, CancellationToken stop) =>
        plan.CallAsync("tasks.cancel", () => inner.CancelAsync(cancel, stop), FaultyStream.Lost);

    public IAsyncEnumerable<Delivery<TaskRequest>> DeadLettersAsync(CancellationToken stop) =>
        FaultyStream.Deliveries(plan, "tasks.dead", inner.DeadLettersAsync(stop), stop);
}
