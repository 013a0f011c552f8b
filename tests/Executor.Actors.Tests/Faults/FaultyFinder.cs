using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyFinder(IWorkflowFinder inner, FaultPlan plan) : IWorkflowFinder
{
    public Task<WorkflowSpec?> FindAsync(RunId root, string action, CancellationToken stop) => plan.CallAsync(
        "workflows.find", () => inner.FindAsync(root, action, stop), FaultyExecutions.Unreachable);
}
