using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Host.Local;

/// <summary>Tasks as people name them.</summary>
internal static class TaskNames
{
    private const int MostShown = 20;

    /// <param name="run">Begun, at least.</param>
    /// <returns>A sentence; null when the workflow has such a task.</returns>
    public static string? MistakeOf(RunState run, string name)
    {
        if (run.Graph!.Find(name) is not null)
        {
            return null;
        }

        var names = run.Graph.Tasks.Select(task => task.Name).ToList();
        var hint = new NearestName().To(name, names) is { } near ? $" Did you mean '{near}'?" : "";
        var more = names.Count > MostShown ? ", …" : "";
        return $"The workflow of run '{run.Id}' has no task '{name}'.{hint} "
            + $"Its tasks are: {string.Join(", ", names.Take(MostShown))}{more}.";
    }
}
