using Executor.Core.Values;

namespace Executor.Core.Workflows.Checks;

/// <summary>Workflows that call themselves, directly or through others, as long as all goes well.</summary>
internal static class RecursionChecks
{
    /// <param name="known">Workflows that it does not hold are taken to lead nowhere.</param>
    public static void Run(WorkflowSpec spec, KnownActions known, TransitionOutcomes outcomes, ProblemList problems)
    {
        foreach (var (task, called) in Calls(spec, spec, known, outcomes))
        {
            if (LeadsBack(called, spec, known, outcomes))
            {
                problems.Warn(
                    ProblemCode.EndlessCall,
                    $"Task '{task.Name}' always leads to another run of '{spec.Ref}', which does the same.",
                    task.At);
            }
        }
    }

    private static bool LeadsBack(
        WorkflowSpec from, WorkflowSpec origin, KnownActions known, TransitionOutcomes outcomes)
    {
        var seen = new HashSet<WorkflowSpec>();
        var open = new Stack<WorkflowSpec>([from]);
        while (open.TryPop(out var spec))
        {
            if (spec.Equals(origin))
            {
                return true;
            }

            if (seen.Add(spec))
            {
                foreach (var (_, called) in Calls(spec, origin, known, outcomes))
                {
                    open.Push(called);
                }
            }
        }

        return false;
    }

    /// <summary>Of the tasks that run whenever all goes well, those that call a workflow.</summary>
    private static IEnumerable<(TaskSpec Task, WorkflowSpec Called)> Calls(
        WorkflowSpec spec, WorkflowSpec origin, KnownActions known, TransitionOutcomes outcomes)
    {
        var reached = new HashSet<int>();
        var open = new Queue<TaskSpec>(spec.Graph.Entries);
        while (open.TryDequeue(out var task))
        {
            if (task.When is not null || MayHaveNoItems(task) || !reached.Add(task.Order))
            {
                continue;
            }

            if (task.Action.Literal is Value.Text { Content: var action } && Find(action, origin, known) is { } called)
            {
                yield return (task, called);
            }

            foreach (var target in outcomes.AfterSuccess(task).Where(next => next.Fires == true)
                .SelectMany(next => next.Transition.Do).Select(spec.Graph.Find).OfType<TaskSpec>())
            {
                if (target.Join is null)
                {
                    open.Enqueue(target);
                }
            }
        }
    }

    private static bool MayHaveNoItems(TaskSpec task) =>
        task.WithItems is { } with && with.Items.Literal is not Value.List { Count: > 0 };

    private static WorkflowSpec? Find(string action, WorkflowSpec origin, KnownActions known) =>
        known.TryFind(action, out var found) ? found.Workflow
        : action == origin.Ref ? origin
        : null;
}
