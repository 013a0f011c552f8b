using Executor.Core.Workflows;

namespace Executor.Host.Local;

/// <summary>Finds out what a workflow may call, where looking a name up takes time.</summary>
internal static class CallLookup
{
    /// <summary>As <see cref="CallNames.Gather"/>, for it and for those that it calls.</summary>
    /// <param name="find">Called once for each name; null: there is no workflow of this name.</param>
    public static async Task<KnownActions> GatherAsync(
        WorkflowSpec workflow, KnownActions known, Func<string, Task<WorkflowSpec?>> find)
    {
        var found = new Dictionary<string, WorkflowSpec?>(StringComparer.Ordinal);
        while (true)
        {
            var missing = new List<string>();
            var gathered = CallNames.Gather(workflow, known, name =>
            {
                if (!found.TryGetValue(name, out var called))
                {
                    missing.Add(name);
                }

                return called;
            });
            if (missing.Count == 0)
            {
                return gathered;
            }

            foreach (var name in missing)
            {
                found[name] = await find(name);
            }
        }
    }
}
