using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads the tasks: a list with names, or a map from name to task.</summary>
internal sealed class TaskReader(ValueReader values)
{
    private readonly ProblemList _problems = values.Problems;
    private readonly ActionReader _actions = new(values);
    private readonly ItemsReader _items = new(values);
    private readonly RetryReader _retries = new(values);
    private readonly TransitionReader _transitions = new(values);
    private readonly LegacyReader _legacy = new(values);

    /// <returns>Also those tasks that have problems, so that the checks can speak of the rest.</returns>
    public ImmutableArray<TaskSpec> Read(Field? tasks)
    {
        var read = ImmutableArray.CreateBuilder<TaskSpec>();
        switch (tasks?.Node)
        {
            case null:
                break;
            case YamlNode.Sequence { Items: not [] } list:
                foreach (var item in list.Items)
                {
                    read.AddRange(Listed(item, read.Count));
                }

                break;
            case YamlNode.Mapping { Entries: not [] } map:
                foreach (var entry in map.Entries)
                {
                    read.AddRange(Named(entry, read.Count));
                }

                break;
            default:
                values.WrongType<object>(tasks, "a list of tasks, or a map from names to tasks, with at least one task");
                break;
        }

        return read.ToImmutable();
    }

    private ImmutableArray<TaskSpec> Listed(YamlNode item, int order)
    {
        var name = (item as YamlNode.Mapping)?.Entries.FirstOrDefault(entry => entry.Key == "name")?.Value;
        var owner = name is YamlNode.Scalar { Text: not "" } text ? $"task '{text.Text}'" : $"task {order + 1}";
        if (Fields.Of(item, owner, KeyTable.Task, _problems) is not { } fields)
        {
            return [];
        }

        var field = fields.Require("name");
        return [Task(values.Text(field), field?.At ?? item.At, fields, order)];
    }

    private ImmutableArray<TaskSpec> Named(YamlEntry entry, int order)
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

        return [Task(entry.Key, entry.KeyAt, fields, order)];
    }

    /// <param name="name">Null when there is none; reported.</param>
    private TaskSpec Task(string? name, Position at, Fields fields, int order)
    {
        if (name is not null && !TaskNames.IsTaskName(name))
        {
            _problems.Error(
                ProblemCode.WrongValue,
                $"'{name}' cannot be the name of a task.",
                at,
                "Use letters, digits, '_' and '-', and begin with a letter or '_'.");
        }

        var (action, input) = _actions.Read(fields);
        return new TaskSpec(
            name ?? "",
            order,
            action,
            input,
            values.Condition(fields.FindEvenEmpty("when")),
            _items.Read(fields),
            ReadJoin(fields.Find("join")),
            values.DurationTemplate(fields.Find("delay"), zero: true),
            values.DurationTemplate(fields.Find("timeout"), zero: false),
            _retries.Read(fields.Find("retry")),
            _legacy.Read(fields, _transitions.Read(fields.Find("next"))),
            values.TextTemplate(fields.Find("pool")),
            values.Boolean(fields.Find("idempotent")),
            at);
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
