using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads the entries of <c>next</c>.</summary>
internal sealed class TransitionReader(ValueReader values)
{
    public ImmutableArray<TransitionSpec> Read(Field? next)
    {
        switch (next?.Node)
        {
            case null:
                return [];
            case YamlNode.Sequence list:
                var owner = $"'next' of {next.Owner}";
                return [.. list.Items.Select(item => Transition(item, owner)).OfType<TransitionSpec>()];
            default:
                values.Problems.Error(
                    ProblemCode.WrongType,
                    $"{next.Name} must be a list, not {NodeText.Of(next.Node)}.",
                    next.At,
                    "Write one '- when: ..., do: ...' for each transition.");
                return [];
        }
    }

    private TransitionSpec? Transition(YamlNode node, string owner)
    {
        if (Fields.Of(node, owner, KeyTable.Transition, values.Problems) is not { } fields)
        {
            return null;
        }

        var targets = Targets(fields.Find("do"));
        return new TransitionSpec(
            values.Condition(fields.FindEvenEmpty("when")),
            Publications.Read(fields.Find("publish"), values),
            [.. targets.Select(target => target.Name)],
            node.At,
            [.. targets.Select(target => target.At)]);
    }

    private List<(string Name, Position At)> Targets(Field? field)
    {
        var targets = new List<(string Name, Position At)>();
        foreach (var node in field?.Node is YamlNode.Sequence list ? list.Items : field is null ? [] : [field.Node])
        {
            if (node is not YamlNode.Scalar { Value: Value.Text } text)
            {
                values.Problems.Error(
                    ProblemCode.WrongType, $"{field!.Name} must name tasks, not {NodeText.Of(node)}.", node.At);
                continue;
            }

            var offset = 0;
            foreach (var part in text.Text.Split(','))
            {
                var name = part.Trim();
                var at = text.TextAt with
                {
                    Column = text.TextAt.Column + offset + part.IndexOf(name, StringComparison.Ordinal),
                };
                offset += part.Length + 1;
                if (TaskNames.IsTaskName(name))
                {
                    targets.Add((name, at));
                }
                else
                {
                    values.Problems.Error(
                        ProblemCode.WrongValue, $"{field!.Name} names '{name}', which no task can be called.", at);
                }
            }
        }

        return targets;
    }
}
