using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Host.Local;

/// <summary>Workflows that are called by a file beside the first one, or by the name under which this directory has stored them.</summary>
internal sealed class LocalWorkflows(StoredWorkflows stored, Origins origins) : IWorkflowFinder
{
    public async Task<WorkflowSpec?> FindAsync(RunId root, string action, CancellationToken stop)
    {
        if (!ActionSpec.IsFile(action))
        {
            return await stored.FindAsync(root, action, stop);
        }

        return origins.Of(root) is { } directory ? new CalledFiles(directory).Find(action) : null;
    }
}
