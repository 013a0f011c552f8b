namespace Executor.Core.Workflows.Checks;

/// <summary>Keys of <c>retry</c> that speak of a wait, where attempts follow each other at once.</summary>
internal static class WaitChecks
{
    private static readonly string[] OfDelay = ["backoff", "max_delay", "jitter"];
    private static readonly string[] OfWait = ["delay", "backoff", "jitter"];

    public static void Run(WorkflowSpec spec, ProblemList problems)
    {
        foreach (var task in spec.Tasks)
        {
            if (task.Retry is not { } retry)
            {
                continue;
            }

            if (retry.Delay == TimeSpan.Zero)
            {
                Warn(
                    task, retry, OfDelay, "without a 'delay' the next attempt follows at once",
                    "Give 'retry' a 'delay' of more than 0 seconds, or remove the key.", problems);
            }
            else if (retry.MaxDelay == TimeSpan.Zero)
            {
                Warn(
                    task, retry, OfWait, "'max_delay' is 0, so the next attempt follows at once",
                    "Raise or remove 'max_delay', or remove the key.", problems);
            }
        }
    }

    private static void Warn(
        TaskSpec task, RetrySpec retry, string[] keys, string why, string advice, ProblemList problems)
    {
        foreach (var (key, at) in retry.Keys.Where(one => keys.Contains(one.Key)))
        {
            problems.Warn(
                ProblemCode.NoEffect, $"'{key}' of 'retry' of task '{task.Name}' has no effect: {why}.", at, advice);
        }
    }
}
