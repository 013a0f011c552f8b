using System.Collections.Frozen;
using Executor.Core.Values;

namespace Executor.Core.Workflows.Checks;

/// <summary>Actions that nobody has, inputs that they do not take, and lists of items that are none.</summary>
internal static class ActionChecks
{
    private const string Core = "core.";

    private static readonly FrozenSet<string> CoreActions = new[]
    {
        "core.noop", "core.echo", "core.sleep", "core.fail", "core.shell", "core.http_request",
    }.Concat(QuestionAction.Names).ToFrozenSet();

    /// <param name="known">The names under <c>core.</c> are known whatever it holds.</param>
    public static void Run(WorkflowSpec spec, KnownActions known, ProblemList problems)
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

    private static void Check(TaskSpec task, string action, KnownActions known, ProblemList problems)
    {
        if (known.TryFind(action, out var spec) || QuestionAction.TryFind(action, out spec))
        {
            foreach (var problem in spec.Check(task.Input))
            {
                problems.Error(
                    problem.Code, $"{action} in task '{task.Name}': {problem.Text}", task.At);
            }
        }
        else if (known.AreAll || (ActionSpec.IsFile(action) && known.CanLookUp && !known.MustAsk(action)))
        {
            problems.Error(
                ProblemCode.UnknownAction,
                $"There is no action '{action}'.{problems.DidYouMean(action, known.Names)}",
                task.At);
        }
        else if (action.StartsWith(Core, StringComparison.Ordinal) && !CoreActions.Contains(action))
        {
            problems.Warn(
                ProblemCode.UnknownAction,
                $"'{action}' is no core action.{problems.DidYouMean(action, CoreActions)}",
                task.At);
        }
        else if (!action.Contains('.', StringComparison.Ordinal))
        {
            problems.Warn(
                ProblemCode.UnknownAction,
                $"'{action}' has no pack, so no worker knows it.{problems.DidYouMean(Core + action, CoreActions)}",
                task.At);
        }
    }
}
