using System.Collections.Frozen;
using Executor.Core.Values;

namespace Executor.Core.Workflows.Checks;

/// <summary>Actions that nobody has, and lists of items that are none.</summary>
internal static class ActionChecks
{
    private const string Core = "core.";

    private static readonly FrozenSet<string> CoreActions = new[]
    {
        "core.noop", "core.echo", "core.sleep", "core.fail", "core.shell", "core.http_request",
    }.ToFrozenSet();

    /// <param name="known">Null when no catalogue is at hand; the names under <c>core.</c> are known even then.</param>
    public static void Run(WorkflowSpec spec, IReadOnlySet<string>? known, ProblemList problems)
    {
        foreach (var task in spec.Tasks)
        {
            if (task.Action.Literal is Value.Text { Content: var action })
            {
                Check(task, action, known, problems);
            }

            if (task.WithItems is { Items.Literal: { } items } with && items is not Value.List)
            {
                problems.Warn(
                    ProblemCode.NotAList, $"'with_items' of task '{task.Name}' is no list; its visits fail.", with.At);
            }
        }
    }

    private static void Check(TaskSpec task, string action, IReadOnlySet<string>? known, ProblemList problems)
    {
        if (known is not null && !known.Contains(action))
        {
            problems.Error(
                ProblemCode.UnknownAction,
                $"There is no action '{action}'.{problems.DidYouMean(action, known.Order(StringComparer.Ordinal))}",
                task.At);
        }
        else if (known is null && action.StartsWith(Core, StringComparison.Ordinal) && !CoreActions.Contains(action))
        {
            problems.Warn(
                ProblemCode.UnknownAction,
                $"'{action}' is no core action.{problems.DidYouMean(action, CoreActions)}",
                task.At);
        }
    }
}
