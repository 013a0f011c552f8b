using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyDueTimes(IDueTimes inner, FaultPlan plan) : IDueTimes
{
    public Task SetAsync(IReadOnlyList<(RunId Run, DateTimeOffset? Due)> batch, CancellationToken stop) =>
        plan.CallAsync("due.set", () => inner.SetAsync(batch, stop), FaultyExecutions.Unreachable);

    public Task<IReadOnlyList<RunId>> DueAsync(DateTimeOffset now, int limit, CancellationToken stop) =>
        plan.CallAsync("due.due", () => inner.DueAsync(now, limit, stop), FaultyExecutions.Unreachable);
}
