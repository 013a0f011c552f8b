using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Rehearsing;

/// <summary>The tasks of which a script may speak: those of the workflow, and <c>call/task</c> below one that calls another.</summary>
/// <param name="workflows">As for <see cref="Rehearsal.Of"/>; null: what is called is not at hand.</param>
public sealed class TaskNames(WorkflowSpec workflow, Func<string, WorkflowSpec?>? workflows)
{
    private const int MostNames = 30;

    /// <returns>Why there can be no such task; null when there is one, or when only the run knows what is called there.</returns>
    public string? WhyNot(string name) => Look(name).WhyNot;

    /// <returns>Null when there is none, or when only the run knows what is called there.</returns>
    public TaskSpec? Find(string name) => Look(name).Task;

    private (TaskSpec? Task, string? WhyNot) Look(string name)
    {
        var inside = workflow;
        var parts = name.Split('/');
        for (var place = 0; ; place++)
        {
            if (inside.Graph.Find(parts[place]) is not { } task)
            {
                return (null, Lacks(inside, parts[place]));
            }

            if (place == parts.Length - 1)
            {
                return (task, null);
            }

            if (workflows is null || task.Action.Literal is not Value.Text { Content: var action })
            {
                return (null, null);
            }

            if (workflows(action) is not { } called)
            {
                return (null, $"'{task.Name}' calls no workflow, so there is no '{name}'.");
            }

            inside = called;
        }
    }

    private static string Lacks(WorkflowSpec workflow, string name)
    {
        var names = workflow.Tasks.Select(task => task.Name).ToList();
        var hint = new NearestName().To(name, names) is { } near ? $" Did you mean '{near}'?" : "";
        var more = names.Count > MostNames ? $" and {names.Count - MostNames} others" : "";
        return $"'{workflow.Ref}' has no task '{name}'.{hint} It has {string.Join(", ", names.Take(MostNames))}{more}.";
    }
}
