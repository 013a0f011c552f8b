using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>What a run means by a name, whatever is stored under it.</summary>
/// <param name="Action">As tasks write it.</param>
public sealed record CalledWorkflow(string Action, WorkflowSpec Workflow);
