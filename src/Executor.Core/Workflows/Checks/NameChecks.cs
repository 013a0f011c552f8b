using Executor.Core.Expressions;
using Executor.Core.Workflows.Reading;

namespace Executor.Core.Workflows.Checks;

/// <summary>Names that are taken, by another task or by the language.</summary>
internal static class NameChecks
{
    public static void Run(WorkflowSpec spec, ProblemList problems)
    {
        var seen = new Dictionary<string, Position>(StringComparer.Ordinal);
        foreach (var task in spec.Tasks.Where(task => task.Name.Length > 0))
        {
            if (TaskNames.IsReserved(task.Name))
            {
                problems.Error(ProblemCode.TaskReserved, $"A task cannot be called '{task.Name}'.", task.At);
            }

            if (!seen.TryAdd(task.Name, task.At))
            {
                problems.Error(
                    ProblemCode.TaskDuplicate, $"Task '{task.Name}' stands at {seen[task.Name]} already.", task.At);
            }
        }

        foreach (var variable in spec.Vars)
        {
            CheckVariable(variable.Name, variable.At, problems);
        }

        foreach (var publication in spec.Tasks.SelectMany(task => task.Next).SelectMany(next => next.Publish))
        {
            CheckVariable(publication.Name, publication.At, problems);
        }
    }

    private static void CheckVariable(string name, Position at, ProblemList problems)
    {
        if (Names.Reserved.Contains(name))
        {
            problems.Error(ProblemCode.ReservedVariable, $"A variable cannot be called '{name}'.", at);
        }
    }
}
