using Executor.Core.Expressions;

namespace Executor.Core.Workflows.Checks;

/// <summary>Variables that are set, and that expressions cannot come to by their name.</summary>
internal static class VariableChecks
{
    public static void Run(WorkflowSpec spec, ProblemList problems)
    {
        var set = spec.Vars.Select(variable => (variable.Name, variable.At))
            .Concat(spec.Tasks.SelectMany(task => task.Next).SelectMany(next => next.Publish).Select(one => (one.Name, one.At)))
            .Where(variable => !Names.Reserved.Contains(variable.Name))
            .DistinctBy(variable => variable.Name)
            .ToList();
        CheckAliases(spec, set.Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal), problems);
        var awkward = set.Where(variable => !Names.IsPlain(variable.Name) || Names.Words.Contains(variable.Name)).ToList();
        if (awkward.Count == 0)
        {
            return;
        }

        var read = ReadOfWorkflow(spec).ToHashSet();
        foreach (var (name, at) in awkward.Where(variable => !read.Contains(variable.Name) && !read.Contains(null)))
        {
            if (Names.IsPlain(name))
            {
                problems.Warn(
                    ProblemCode.HiddenVariable, $"'{name}' means something else in expressions, and nothing reads the variable.",
                    at, $"Read it as workflow.{name}, or choose another name.");
            }
            else
            {
                problems.Warn(
                    ProblemCode.UnreadableVariable, $"'{name}' is no name in expressions, and nothing reads the variable.", at,
                    $"Read it as workflow['{name}'], or use letters, digits and '_' only.");
            }
        }
    }

    /// <summary>The second name of an item wins over a variable.</summary>
    private static void CheckAliases(WorkflowSpec spec, HashSet<string> variables, ProblemList problems)
    {
        foreach (var task in spec.Tasks)
        {
            if (task.WithItems is { Alias: { } alias } with && variables.Contains(alias)
                && task.Input.Expressions.SelectMany(one => one.References.Names).Any(name => name.Root == alias))
            {
                problems.Warn(
                    ProblemCode.HiddenVariable,
                    $"In the input of task '{task.Name}' the item '{alias}' hides the variable of that name.",
                    with.At,
                    $"Read the variable as workflow.{alias}, or give the item another name.");
            }
        }
    }

    /// <summary>Members of <c>workflow</c> that expressions name; null among them when one takes it as a whole.</summary>
    private static IEnumerable<string?> ReadOfWorkflow(WorkflowSpec spec) => Expressions(spec)
        .SelectMany(expression => expression.References.Names)
        .Where(name => name.Root == "workflow")
        .Select(name => name.Member);

    private static IEnumerable<Expression> Expressions(WorkflowSpec spec)
    {
        var templates = spec.Vars.Select(variable => variable.Template)
            .Concat((spec.Output ?? []).Select(entry => entry.Template))
            .Concat(spec.Tasks.SelectMany(TemplatesOf));
        var conditions = spec.Tasks.SelectMany(task =>
            task.Next.Select(next => next.When).Append(task.When).Append(task.Retry?.When));
        return templates.SelectMany(template => template.Expressions).Concat(conditions.OfType<Expression>());
    }

    private static IEnumerable<Template> TemplatesOf(TaskSpec task) =>
        new[]
        {
            task.Action, task.Input, task.WithItems?.Items, task.WithItems?.Concurrency, task.Delay, task.Timeout, task.Pool,
        }
        .Concat(task.Next.SelectMany(next => next.Publish).Select(one => one.Template))
        .OfType<Template>();
}
