namespace Executor.Core.Workflows.Checks;

/// <summary>Joins that could never open.</summary>
internal static class JoinChecks
{
    public static void Run(WorkflowSpec spec, ProblemList problems)
    {
        var graph = spec.Graph;
        if (spec.Tasks.All(task => task.Join is null) || graph.Entries.IsEmpty)
        {
            return;
        }

        var dominators = new Dominators(graph);
        foreach (var task in spec.Tasks)
        {
            if (task.Join is not { } join)
            {
                continue;
            }

            var sources = graph.Inbound(task);
            if (sources.IsEmpty || task.Parent is not null)
            {
                var what = task.Parent is { } parent ? $"only '{parent}' begins it" : "nothing leads to it";
                problems.Error(ProblemCode.JoinOnEntry, $"Task '{task.Name}' joins, but {what}.", join.At);
            }
            else if (join.Count > sources.Length)
            {
                problems.Error(
                    ProblemCode.JoinTooMany,
                    $"Task '{task.Name}' waits for {join.Count} tasks; {sources.Length} lead to it.",
                    join.At);
            }

            if (sources.FirstOrDefault(source => dominators.StandsBefore(task, source)) is { } behind)
            {
                problems.Error(
                    ProblemCode.JoinOnOwnPath,
                    $"Task '{task.Name}' waits for '{behind.Name}', to which all ways lead through '{task.Name}'.",
                    join.At);
            }
        }
    }
}
