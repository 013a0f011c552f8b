using Executor.Core.Workflows;
using Executor.Host.Local;
using Executor.Worker.Runners;

namespace Executor.Host.Client;

/// <summary>All actions that a server has: its stored workflows, and what its workers of the last hour said they run.</summary>
internal sealed class ServerCatalogue(ApiClient api)
{
    private readonly Dictionary<string, WorkflowSpec?> _workflows = new(StringComparer.Ordinal);
    private KnownActions? _ofWorkers;

    /// <summary>A workflow that is about to be stored counts as stored, with the text that it will have.</summary>
    public void Add(WorkflowSpec workflow) => _workflows[workflow.Ref] = workflow;

    /// <summary>What a workflow may call, and what that may call.</summary>
    /// <exception cref="Unusable">The server cannot be asked, or says no.</exception>
    public async Task<KnownActions> KnownToAsync(WorkflowSpec workflow, CancellationToken stop)
    {
        _ofWorkers ??= await OfWorkersAsync(stop);
        return await CallLookup.GatherAsync(workflow, _ofWorkers, name => FindAsync(name, stop));
    }

    private async Task<KnownActions> OfWorkersAsync(CancellationToken stop)
    {
        var seen = (await api.GetAsync("workers", stop))["workers"]!.AsArray();
        return CoreActionSpecs.Known.AndOnly(
            seen.SelectMany(worker => worker!["actions"]!.AsArray()).Select(action => (string)action!));
    }

    private async Task<WorkflowSpec?> FindAsync(string name, CancellationToken stop)
    {
        if (ActionSpec.IsFile(name))
        {
            return null;
        }

        if (!_workflows.TryGetValue(name, out var workflow))
        {
            _workflows[name] = workflow = await TextAsync(name, stop) is { } stored
                ? WorkflowCheck.Run(stored, name, CoreActionSpecs.Known).Spec
                : null;
        }

        return workflow;
    }

    private async Task<string?> TextAsync(string name, CancellationToken stop)
    {
        try
        {
            return (string?)(await api.GetAsync($"workflows/{Uri.EscapeDataString(name)}", stop))["definition"];
        }
        catch (Refused unknown) when (unknown.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }
}
