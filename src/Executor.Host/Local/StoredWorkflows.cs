using System.Collections.Concurrent;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Workflows;
using Executor.Worker.Runners;

namespace Executor.Host.Local;

/// <summary>Workflows that are called by the name under which they were stored: the latest of each.</summary>
internal sealed class StoredWorkflows(IWorkflowLibrary library, IWorkflowCatalog catalog) : IWorkflowFinder
{
    private const int MostRemembered = 1_000;
    private readonly ConcurrentDictionary<string, WorkflowSpec?> _read = new(StringComparer.Ordinal);

    public async Task<WorkflowSpec?> FindAsync(RunId root, string action, CancellationToken stop)
    {
        if (ActionSpec.IsFile(action) || await library.FindAsync(action, number: null, stop) is not { } stored)
        {
            return null;
        }

        if (!_read.TryGetValue(stored.Hash, out var workflow))
        {
            // It was checked when it was stored; what is checked more strictly since then must not make its callers guess.
            workflow = await catalog.SourceAsync(stored.Hash, stop) is { } source
                ? WorkflowYaml.ReadKept(source, stored.Reference).Spec
                : null;
            if (_read.Count >= MostRemembered)
            {
                _read.Clear();
            }

            _read[stored.Hash] = workflow;
        }

        return workflow;
    }

    /// <summary>All that is wrong in a workflow, with the inputs of the workflows that it calls.</summary>
    public async Task<WorkflowReading> CheckAsync(string source, string defaultRef, CancellationToken stop)
    {
        var known = WorkflowYaml.Read(source, defaultRef).Spec is { } spec
            ? await CallLookup.GatherAsync(spec, CoreActionSpecs.Known, name => FindAsync(default, name, stop))
            : CoreActionSpecs.Known;
        return WorkflowCheck.Run(source, defaultRef, known);
    }
}
