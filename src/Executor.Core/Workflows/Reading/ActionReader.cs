using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads what a task calls and with what.</summary>
internal sealed class ActionReader(ValueReader values)
{
    private readonly ProblemList _problems = values.Problems;
    private readonly QuestionReader _questions = new(values);

    /// <returns>An action of null stands for one that could not be read.</returns>
    public (Template Action, Template Input) Read(Fields task)
    {
        var input = task.Find("input");
        var action = task.Require("action");
        if (action is null)
        {
            return (Template.Constant(Value.Null), Input(input, []));
        }

        if (action.Node is not YamlNode.Scalar { Value: Value.Text } text)
        {
            values.WrongType<object>(action, "a text");
            return (Template.Constant(Value.Null), Input(input, []));
        }

        var parts = InlineInput.Split(text.Text);
        if (parts.Count == 0)
        {
            values.WrongValue<object>(action, "the name of an action");
            return (Template.Constant(Value.Null), Input(input, []));
        }

        if (QuestionAction.Is(parts[0].Text))
        {
            _questions.Check(input?.Node as YamlNode.Mapping, task.Owner);
        }

        var inline = parts.Skip(1).Select(part => Inline(part.Text, Place(text, part.Offset), task.Owner));
        return (
            values.Template(parts[0].Text, Place(text, parts[0].Offset)),
            Input(input, [.. inline.OfType<NamedTemplate>()]));
    }

    private NamedTemplate? Inline(string part, Position at, string owner)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && TaskNames.IsTaskName(part[..equals]))
        {
            var place = at with { Column = at.Column + equals + 1 };
            return new NamedTemplate(part[..equals], InlineInput.Value(part[(equals + 1)..], place, values), at);
        }

        _problems.Error(
            ProblemCode.WrongValue,
            $"Behind the action of {owner} stands '{part}'.",
            at,
            "Write inputs as key=value, or under 'input'.");
        return null;
    }

    private Template Input(Field? input, ImmutableArray<NamedTemplate> inline)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, Template>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in inline)
        {
            Add(entry.Name, entry.Template, entry.At);
        }

        switch (input?.Node)
        {
            case null:
                break;
            case YamlNode.Mapping map:
                foreach (var entry in map.Entries)
                {
                    Add(entry.Key, values.Template(entry.Value), entry.KeyAt);
                }

                break;
            case YamlNode.Scalar { Value: Value.Text } text when inline.IsEmpty
                && values.Parsed(text) is var whole && whole?.Literal is null:
                return whole ?? Template.Map([]);
            default:
                values.WrongType<object>(input, "a map");
                break;
        }

        return Template.Map(entries.ToImmutable());

        void Add(string name, Template template, Position at)
        {
            if (names.Add(name))
            {
                entries.Add(KeyValuePair.Create(name, template));
            }
            else
            {
                _problems.Error(ProblemCode.WrongValue, $"The input '{name}' is given twice.", at, "Keep one of the two.");
            }
        }
    }

    private static Position Place(YamlNode.Scalar text, int offset) =>
        text.TextAt with { Column = text.TextAt.Column + offset };
}
