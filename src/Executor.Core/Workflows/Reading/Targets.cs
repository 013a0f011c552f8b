using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Where a transition leads: a name, names with commas between them, or a list of either.</summary>
internal static class Targets
{
    public static List<(string Name, Position At)> Read(Field? field, ValueReader values)
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
                var at = text.Places[offset + part.IndexOf(name, StringComparison.Ordinal)];
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
