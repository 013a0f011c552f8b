namespace Executor.Core.Workflows.Checks;

/// <summary>Variables that two branches write without an order between them.</summary>
internal static class PublishChecks
{
    public static void Run(WorkflowSpec spec, TransitionOutcomes outcomes, ProblemList problems)
    {
        var publishers = spec.Tasks
            .SelectMany(task => task.Next.SelectMany(next => next.Publish).Select(one => (one.Name, one.At, Task: task)))
            .DistinctBy(one => (one.Name, one.Task.Order))
            .GroupBy(one => one.Name, StringComparer.Ordinal)
            .Where(group => group.Skip(1).Any())
            .ToList();
        if (publishers.Count == 0)
        {
            return;
        }

        var branches = new Branches(spec.Graph, outcomes);
        foreach (var group in publishers)
        {
            var byTask = group.ToDictionary(one => one.Task.Order);
            if (branches.SideBySide([.. byTask.Keys]) is var (first, second))
            {
                problems.Warn(
                    ProblemCode.PublishedTwice,
                    $"'{byTask[first].Task.Name}' and '{byTask[second].Task.Name}' can run side by side and both "
                    + $"publish '{group.Key}'; the later one wins.",
                    byTask[second].At);
            }
        }
    }
}
