using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyDueTimes(IDueTimes inner, FaultPlan plan) : IDueTimes
{
    public Task<IReadOnlyList<DueRow?>> StepAsync(IReadOnlyList<DueStep> batch, CancellationToken stop) =>
        plan.CallAsync("due.step", () => inner.StepAsync(batch, stop), FaultyExecutions.Unreachable);

    public Task<IReadOnlyList<DueRun>> DueAsync(DateTimeOffset now, DueRun? after, int limit, CancellationToken stop) =>
        plan.CallAsync("due.due", () => inner.DueAsync(now, after, limit, stop), FaultyExecutions.Unreachable);
}
