using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads the tasks: a list with names, or a map from name to task.</summary>
internal sealed class TaskReader(ValueReader values)
{
    private static readonly Template Nothing = Template.Constant(Value.Null);
    private static readonly Template NoInput = Template.Map([]);

    private readonly ProblemList _problems = values.Problems;
    private readonly ParallelReader _parallel = new(values);
    private readonly ActionReader _actions = new(values);
    private readonly ItemsReader _items = new(values);
    private readonly RetryReader _retries = new(values);
    private readonly TransitionReader _transitions = new(values);
    private readonly LegacyReader _legacy = new(values);

    /// <returns>Also those tasks that have problems, so that the checks can speak of the rest.</returns>
    public ImmutableArray<TaskSpec> Read(Field? tasks) => Read(tasks, 0, null);

    /// <param name="first">Order of the first task.</param>
    /// <param name="parent">The parallel task inside of which they stand; null outside of any.</param>
    private ImmutableArray<TaskSpec> Read(Field? tasks, int first, string? parent)
    {
        var read = ImmutableArray.CreateBuilder<TaskSpec>();
        switch (tasks?.Node)
        {
            case null:
                break;
            case YamlNode.Sequence { Items: not [] } list:
                foreach (var item in list.Items)
                {
                    read.AddRange(Listed(item, first + read.Count, parent));
                }

                break;
            case YamlNode.Mapping { Entries: not [] } map:
                foreach (var entry in map.Entries)
                {
                    read.AddRange(Named(entry, first + read.Count, parent));
                }

                break;
            default:
                values.WrongType<object>(tasks, "a list of tasks, or a map from names to tasks, with at least one task");
                break;
        }

        return read.ToImmutable();
    }

    private ImmutableArray<TaskSpec> Listed(YamlNode item, int order, string? parent)
    {
        var name = (item as YamlNode.Mapping)?.Entries.FirstOrDefault(entry => entry.Key == "name")?.Value;
        var owner = name is YamlNode.Scalar { Text: not "" } text ? $"task '{text.Text}'" : $"task {order + 1}";
        if (Fields.Of(item, owner, KeyTable.Task, _problems) is not { } fields)
        {
            return [];
        }

        var field = fields.Require("name");
        return Tasks(values.Text(field), field?.At ?? item.At, fields, order, parent);
    }

    private ImmutableArray<TaskSpec> Named(YamlEntry entry, int order, string? parent)
    {
        if (Fields.Of(entry.Value, $"task '{entry.Key}'", KeyTable.Task, _problems) is not { } fields)
        {
            return [];
        }

        if (fields.Find("name") is { } name && values.Text(name) != entry.Key)
        {
            _problems.Error(
                ProblemCode.WrongValue, $"Task '{entry.Key}' names itself otherwise.", name.At, "Remove 'name' here.");
        }

        return Tasks(entry.Key, entry.KeyAt, fields, order, parent);
    }

    /// <param name="name">Null when there is none; reported.</param>
    /// <returns>Itself, then those inside it.</returns>
    private ImmutableArray<TaskSpec> Tasks(string? name, Position at, Fields fields, int order, string? parent)
    {
        if (name is not null && !TaskNames.IsTaskName(name))
        {
            _problems.Error(
                ProblemCode.WrongValue,
                $"'{name}' cannot be the name of a task.",
                at,
                "Use letters, digits, '_' and '-', and begin with a letter or '_'.");
        }

        var next = _legacy.Read(fields, _transitions.Read(fields.Find("next")));
        var task = new TaskSpec(
            name ?? "", order, Nothing, NoInput, values.Condition(fields.FindEvenEmpty("when")), null,
            ReadJoin(fields.Find("join")), values.DurationTemplate(fields.Find("delay"), zero: true), null, null, next,
            null, null, at)
        {
            Parent = parent,
        };
        if (!_parallel.IsParallel(fields))
        {
            return [WithAction(task, fields)];
        }

        var inside = Read(fields.Require("tasks"), order + 1, task.Name);
        var names = inside.Where(one => one.Parent == task.Name).Select(one => one.Name).Distinct();
        return [task with { Inside = [.. names] }, .. inside];
    }

    private TaskSpec WithAction(TaskSpec task, Fields fields)
    {
        var (action, input, places) = _actions.Read(fields);
        return task with
        {
            Action = action,
            Input = input,
            Places = places,
            WithItems = _items.Read(fields),
            Timeout = values.DurationTemplate(fields.Find("timeout"), zero: false),
            Retry = _retries.Read(fields.Find("retry")),
            Pool = values.TextTemplate(fields.Find("pool")),
            Idempotent = values.Boolean(fields.Find("idempotent")),
        };
    }

    private JoinSpec? ReadJoin(Field? field)
    {
        if (field is null)
        {
            return null;
        }

        return field.Node is YamlNode.Scalar { Text: "all" }
            ? new JoinSpec(null, field.KeyAt)
            : values.Integer(field, lowest: 1) is { } count ? new JoinSpec(count, field.KeyAt) : null;
    }
}
