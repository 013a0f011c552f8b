using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyExecutions(IExecutionStore inner, FaultPlan plan) : IExecutionStore
{
    public static Exception Unreachable(string sentence) => new StorageException(sentence);

    public Task WriteAsync(
        IReadOnlyList<RunRow> runs, IReadOnlyList<ExecutionRow> executions, CancellationToken stop) =>
        plan.CallAsync("executions.write", () => inner.WriteAsync(runs, executions, stop), Unreachable);

    public Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop) =>
        plan.CallAsync("executions.runs", () => inner.RunsAsync(query, stop), Unreachable);

    public Task<RunRow?> RunAsync(RunId run, CancellationToken stop) =>
        plan.CallAsync("executions.run", () => inner.RunAsync(run, stop), Unreachable);

    public Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop) =>
        plan.CallAsync("executions.slots", () => inner.ExecutionsAsync(run, stop), Unreachable);

    public Task<IReadOnlyList<ExecutionRow>> AttemptsAsync(
        RunId run, string task, Slot? after, int limit, CancellationToken stop) =>
        plan.CallAsync("executions.attempts", () => inner.AttemptsAsync(run, task, after, limit, stop), Unreachable);
}
