using Executor.Core.Values;

namespace Executor.Core.Workflows;

/// <summary>The workflows that a workflow may call, for whoever looks them up before it is checked or started.</summary>
public static class CallNames
{
    /// <summary>Actions that are written as they are, each once; rendered ones are known only when they are called.</summary>
    public static IEnumerable<string> Of(WorkflowSpec spec) => spec.Tasks
        .Where(task => !task.IsParallel)
        .Select(task => task.Action.Literal)
        .OfType<Value.Text>()
        .Select(action => action.Content)
        .Where(action => !QuestionAction.Is(action))
        .Distinct(StringComparer.Ordinal);

    /// <summary>What is known, and all that the workflow may call, and what that may call, as far as it is found.</summary>
    /// <param name="find">Called once for each name; null: there is no workflow of this name.</param>
    /// <param name="directory">Where it looks for files, for messages; null: nowhere.</param>
    public static KnownActions Gather(
        WorkflowSpec spec, KnownActions known, Func<string, WorkflowSpec?> find, string? directory = null)
    {
        known = known.ThatCanLookUp(directory);
        var open = new Queue<WorkflowSpec>([spec]);
        while (open.TryDequeue(out var caller))
        {
            foreach (var name in Of(caller).Where(known.MustAsk).ToList())
            {
                var called = find(name);
                known = known.With(name, called);
                if (called is not null)
                {
                    open.Enqueue(called);
                }
            }
        }

        return known;
    }
}
