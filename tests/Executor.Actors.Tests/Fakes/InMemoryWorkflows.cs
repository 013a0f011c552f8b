using System.Collections.Concurrent;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Actors.Tests.Fakes;

/// <summary>Workflows by the names that tasks call them by.</summary>
internal sealed class InMemoryWorkflows : IWorkflowFinder
{
    private readonly ConcurrentDictionary<string, WorkflowSpec> _workflows = new(StringComparer.Ordinal);

    /// <summary>What was looked up, in order.</summary>
    public ConcurrentQueue<(RunId Root, string Action)> Asked { get; } = [];

    public WorkflowSpec this[string action]
    {
        set => _workflows[action] = value;
    }

    public Task<WorkflowSpec?> FindAsync(RunId root, string action, CancellationToken stop)
    {
        Asked.Enqueue((root, action));
        return Task.FromResult(_workflows.GetValueOrDefault(action));
    }
}
