using System.Collections.Immutable;
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
        var before = values.Problems.Count;
        if (Fields.Of(node, owner, KeyTable.Transition, values.Problems) is not { } fields)
        {
            return null;
        }

        var targets = Targets.Read(fields.Find("do"), values);
        var transition = new TransitionSpec(
            values.Condition(fields.FindEvenEmpty("when")),
            Publications.Read(fields.Find("publish"), values),
            [.. targets.Select(target => target.Name)],
            node.At,
            [.. targets.Select(target => target.At)]);
        if (transition.Do.IsEmpty && transition.Publish.IsEmpty && values.Problems.Count == before)
        {
            values.Problems.Warn(
                ProblemCode.NoEffect, $"This entry of {owner} leads nowhere and publishes nothing.", node.At,
                "Add 'do' or 'publish', or remove the entry; 'do: noop' handles a failure without more.");
        }

        return transition;
    }
}
