using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads whether a task is <c>type: parallel</c>, which has tasks inside it in place of an action.</summary>
internal sealed class ParallelReader(ValueReader values)
{
    /// <summary>They speak of an action.</summary>
    private static readonly string[] OfActions =
    [
        "action", "input", "with_items", "with", "concurrency", "batch_size", "fail_fast", "timeout", "retry", "pool",
        "idempotent",
    ];

    public bool IsParallel(Fields task)
    {
        var type = task.Find("type");
        if (type is null)
        {
            if (task.Find("tasks") is { } tasks)
            {
                values.Problems.Error(
                    ProblemCode.WrongValue, $"{tasks.Name} says nothing without 'type'.", tasks.KeyAt,
                    "Add 'type: parallel', or remove 'tasks'.");
            }

            return false;
        }

        if (type.Node is not YamlNode.Scalar { Text: "parallel" })
        {
            values.WrongValue<object>(type, "parallel");
        }

        foreach (var field in OfActions.Select(key => task.Find(key)).OfType<Field>())
        {
            values.Problems.Error(
                ProblemCode.WrongValue, $"{field.Name} says nothing beside 'type: parallel'.", field.KeyAt,
                "Write it in the tasks inside.");
        }

        return true;
    }
}
