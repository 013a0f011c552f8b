using Executor.Core.Expressions;
using Executor.Core.Workflows.Reading;

namespace Executor.Core.Workflows.Checks;

/// <summary>Where transitions lead, and whether every task is led to.</summary>
internal static class TargetChecks
{
    public static void Run(WorkflowSpec spec, ProblemList problems)
    {
        foreach (var task in spec.Tasks)
        {
            foreach (var transition in task.Next)
            {
                CheckTargets(spec, task, transition, problems);
            }
        }

        var graph = spec.Graph;
        if (graph.Entries.IsEmpty)
        {
            problems.Error(
                ProblemCode.NoEntry, "Every task waits for another one, so no run could begin.", spec.Tasks[0].At);
            return;
        }

        var reached = Reach.From(graph.Entries, spec.Tasks.Length, graph.Outbound);
        foreach (var task in spec.Tasks.Where(task => !reached[task.Order]))
        {
            problems.Warn(ProblemCode.Unreachable, $"No way leads from an entry to task '{task.Name}'.", task.At);
        }
    }

    private static void CheckTargets(WorkflowSpec spec, TaskSpec task, TransitionSpec transition, ProblemList problems)
    {
        for (var place = 0; place < transition.Do.Length; place++)
        {
            var target = transition.Do[place];
            var at = transition.DoAt.IsDefault ? transition.At : transition.DoAt[place];
            if (TaskNames.Commands.Contains(target))
            {
                continue;
            }

            if (spec.Graph.Find(target) is { } found)
            {
                CheckParallel(spec, task, found, at, problems);
                continue;
            }

            var hint = problems.DidYouMean(target, spec.Tasks.Select(other => other.Name).Concat(TaskNames.Commands));
            problems.Error(
                ProblemCode.UnknownTarget,
                $"Task '{task.Name}' leads to '{target}', which does not exist.{hint}",
                at);
        }
    }

    private static void CheckParallel(WorkflowSpec spec, TaskSpec task, TaskSpec target, Position at, ProblemList problems)
    {
        if (spec.Graph.Target(task, target.Name) is null)
        {
            problems.Error(
                ProblemCode.AcrossParallel,
                task.Parent is { } parent
                    ? $"Task '{task.Name}' stands inside '{parent}' and leads to '{target.Name}'."
                    : $"Task '{task.Name}' leads to '{target.Name}', which stands inside '{target.Parent}'.",
                at);
        }
    }
}
