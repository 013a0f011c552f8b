namespace Executor.Core.Runs;

/// <summary>The one sentence that says why a run did not complete; the same for every order of arrival.</summary>
internal static class RunErrors
{
    public static string? Of(RunState run, RunStatus status) => status switch
    {
        RunStatus.Completed => null,
        RunStatus.Cancelled when run.CancelReason is { } reason => $"Workflow cancelled: {reason}",
        RunStatus.Cancelled => "Workflow cancelled",
        RunStatus.Timeout => $"Workflow timed out after {run.TimeAllowed!.Value.TotalSeconds:0.###} seconds",
        _ => $"Workflow failed: {string.Join("; ", Causes(run))}",
    };

    private static IEnumerable<string> Causes(RunState run)
    {
        var tasks = run.UnhandledTasks;
        if (!tasks.IsEmpty)
        {
            var names = tasks.Select(order => run.Graph!.Tasks[order].Name);
            yield return $"{tasks.Count} task(s) failed: {string.Join(", ", names)}";
        }

        var others = run.Problems
            .Where(problem => !problem.IsWarning && !problem.IsUnhandledTask)
            .OrderBy(problem => problem.Task is null ? -1 : run.Graph!.Find(problem.Task)!.Order)
            .ThenBy(problem => problem.Code, StringComparer.Ordinal)
            .ThenBy(problem => problem.Message, StringComparer.Ordinal);
        foreach (var message in others.Select(problem => problem.Message).Distinct())
        {
            yield return message.TrimEnd('.');
        }
    }
}
