using Executor.Core.Values;

namespace Executor.Core.Workflows.Checks;

/// <summary>Keys that speak of workers, at tasks that no worker does.</summary>
internal static class EffectChecks
{
    private const string ForWorkers = "Remove the key; it is for tasks that workers do.";

    public static void Run(WorkflowSpec spec, KnownActions known, ProblemList problems)
    {
        foreach (var task in spec.Tasks)
        {
            if (task.Action.Literal is not Value.Text { Content: var action })
            {
                continue;
            }

            if (QuestionAction.Is(action))
            {
                NoWorker(task, "people answer it, and no worker", problems);
                Answers(task, problems);
            }
            else if (ActionSpec.IsFile(action) || (known.TryFind(action, out var called) && called.Workflow is not null))
            {
                NoWorker(task, "it calls a workflow, whose tasks have their own", problems);
            }
        }
    }

    private static void NoWorker(TaskSpec task, string why, ProblemList problems)
    {
        if (task.Pool is not null)
        {
            Warn(task, "pool", why, ForWorkers, problems);
        }

        if (task.Idempotent is not null)
        {
            Warn(task, "idempotent", why, ForWorkers, problems);
        }
    }

    /// <summary>A question ends by an answer or, with a timeout, without one; only the latter is asked again.</summary>
    private static void Answers(TaskSpec task, ProblemList problems)
    {
        var members = task.Input.Members?.ToDictionary(member => member.Key, member => member.Value);
        var byDefault = members?.GetValueOrDefault("default_response");
        var mayAnswer = byDefault is { Literal: null or { IsNull: false } };
        if (mayAnswer && task.Timeout is null)
        {
            problems.Warn(
                ProblemCode.NoEffect,
                $"'default_response' of task '{task.Name}' has no effect: without a timeout the question waits for ever.",
                task.Places.OfInput("default_response") ?? task.At,
                "Give the task a timeout: when it is up, the default answers.");
        }

        if (task.Retry is null || task.Next.Any(next => next.Do.Contains("retry")))
        {
            return;
        }

        if (task.Timeout is null)
        {
            Warn(
                task, "retry", "without a timeout the question waits for ever", "Give the task a timeout, or remove 'retry'.",
                problems);
        }
        else if (byDefault?.Literal is { IsNull: false })
        {
            Warn(
                task, "retry", "when the time is up, 'default_response' answers",
                "Remove 'retry' or 'default_response'.", problems);
        }
    }

    private static void Warn(TaskSpec task, string key, string why, string advice, ProblemList problems) => problems.Warn(
        ProblemCode.NoEffect, $"'{key}' of task '{task.Name}' has no effect: {why}.", task.Places.OfKey(key) ?? task.At,
        advice);
}
