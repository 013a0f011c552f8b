using System.Collections.Frozen;
using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Workflows.Checks;

/// <summary>Actions that nobody has, inputs that they do not take, and lists of items that are none.</summary>
internal static class ActionChecks
{
    private const string Core = "core.";
    private const string TextAround = "Leave nothing but one pair of {{ }}: only then the value keeps its type.";

    private static readonly FrozenSet<string> CoreActions = new[]
    {
        "core.noop", "core.echo", "core.sleep", "core.fail", "core.shell", "core.http_request",
    }.Concat(QuestionAction.Names).ToFrozenSet();

    public static bool IsCoreAction(string name) => CoreActions.Contains(name);

    /// <param name="known">The names under <c>core.</c> are known whatever it holds.</param>
    public static void Run(WorkflowSpec spec, KnownActions known, ProblemList problems)
    {
        foreach (var task in spec.Tasks)
        {
            if (task.Action.Literal is Value.Text { Content: var action })
            {
                Check(task, action, known, problems);
            }

            CheckItems(task, problems);
            if (task.Pool?.Literal is Value.Text { Content: "" })
            {
                problems.Error(
                    ProblemCode.PoolEmpty, $"'pool' of task '{task.Name}' must not be empty.",
                    task.Places.OfKey("pool") ?? task.At);
            }

            if (task.Input is { IsText: true, Literal: null })
            {
                problems.Error(
                    ProblemCode.InputShape, $"'input' of task '{task.Name}' has text around its expression, so it is no map.",
                    task.Places.OfKey("input") ?? task.At, TextAround);
            }
        }
    }

    /// <summary>A list or a number that stands inside of a text is a text.</summary>
    private static void CheckItems(TaskSpec task, ProblemList problems)
    {
        if (task.WithItems is not { } with)
        {
            return;
        }

        if (with.Items is { IsText: true, Literal: null })
        {
            problems.Error(
                ProblemCode.NotAList,
                $"The items of task '{task.Name}' have text around their expression, so they are no list.",
                with.At,
                TextAround);
        }
        else if (with.Items.Members is not null || with.Items.Literal is { } and not Value.List)
        {
            problems.Warn(
                ProblemCode.NotAList, $"'with_items' of task '{task.Name}' is no list; its visits fail.", with.At);
        }

        if (with.Concurrency is { IsText: true, Literal: null })
        {
            problems.Error(
                ProblemCode.Concurrency,
                $"'concurrency' of task '{task.Name}' has text around its expression, so it is no integer.",
                task.Places.OfKey("concurrency") ?? with.At,
                TextAround);
        }
    }

    private static void Check(TaskSpec task, string action, KnownActions known, ProblemList problems)
    {
        if (known.TryFind(action, out var spec) || QuestionAction.TryFind(action, out spec))
        {
            foreach (var problem in spec.Check(task.Input))
            {
                problems.Error(
                    problem.Code, $"{action} in task '{task.Name}': {problem.Text}", PlaceOf(task, problem));
            }
        }
        else if (ActionSpec.IsFile(action) && (known.AreAll || (known.CanLookUp && !known.MustAsk(action))))
        {
            problems.Error(
                ProblemCode.UnknownAction, $"There is no workflow in a file '{action}'.", task.Places.Action,
                WhereFilesAre(action, known.Directory));
        }
        else if (known.AreAll)
        {
            problems.Error(
                ProblemCode.UnknownAction,
                $"There is no action '{action}'.{problems.DidYouMean(action, known.Names)}",
                task.Places.Action);
        }
        else if (action.StartsWith(Core, StringComparison.Ordinal) && !CoreActions.Contains(action))
        {
            problems.Warn(
                ProblemCode.UnknownAction,
                $"'{action}' is no core action.{problems.DidYouMean(action, CoreActions)}",
                task.Places.Action);
        }
        else if (!action.Contains('.', StringComparison.Ordinal))
        {
            problems.Warn(
                ProblemCode.UnknownAction,
                $"'{action}' has no pack, so no worker knows it.{problems.DidYouMean(Core + action, CoreActions)}",
                task.Places.Action);
        }
    }

    private static string WhereFilesAre(string action, string? directory) => (directory, action[0]) switch
    {
        (null, _) => "There are no files here: store the workflow, and call it by its name.",
        (_, '/') => "Write its path from the directory of the file with which everything begins.",
        ("", _) => $"It was looked for in the working directory, as {action}; it must be there, and be a workflow.",
        _ => $"It was looked for as {directory.TrimEnd('/')}/{action}; it must be there, and be a workflow.",
    };

    /// <summary>The input that is wrong; what is missing is missing where the inputs are.</summary>
    private static Position PlaceOf(TaskSpec task, InputProblem problem)
    {
        var name = problem.Path.Split('/').ElementAtOrDefault(1);
        return (name is null ? null : task.Places.OfInput(name)) ?? task.Places.OfKey("input") ?? task.Places.Action;
    }
}
