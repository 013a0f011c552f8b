using System.Collections.Immutable;

namespace Executor.Core.Workflows.Checks;

/// <summary>Loops that go on as long as all goes well.</summary>
internal static class LoopChecks
{
    public static void Run(WorkflowSpec spec, TransitionOutcomes outcomes, ProblemList problems)
    {
        var graph = spec.Graph;
        var always = spec.Tasks.Select(task => outcomes.AfterSuccess(task)
            .Where(next => next.Fires == true)
            .Where(_ => !EndsRun(task, outcomes))
            .SelectMany(next => next.Transition.Do)
            .Select(name => graph.Find(name))
            .OfType<TaskSpec>()
            .Select(target => target.Order)
            .Distinct()
            .ToImmutableArray());
        var components = new Components([.. always]);
        var reported = new HashSet<int>();
        foreach (var task in spec.Tasks)
        {
            if (components.IsLoop(task.Order) && reported.Add(components.Of(task.Order)))
            {
                problems.Warn(
                    ProblemCode.NoNextExit,
                    $"The loop through '{task.Name}' has no condition that could end it.",
                    task.At);
            }
        }
    }

    private static bool EndsRun(TaskSpec task, TransitionOutcomes outcomes) =>
        outcomes.AfterSuccess(task).Any(next => next.Transition.Do.Contains("fail") && next.Fires != false);
}
