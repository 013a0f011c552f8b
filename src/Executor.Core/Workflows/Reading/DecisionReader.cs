using System.Collections.Immutable;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Workflows.Reading;

/// <summary>Reads <c>decision</c>: of its entries the first that matches is taken, and the default when none does.</summary>
internal sealed class DecisionReader(ValueReader values)
{
    private readonly ProblemList _problems = values.Problems;

    public ImmutableArray<TransitionSpec> Read(Field? decision)
    {
        switch (decision?.Node)
        {
            case null:
                return [];
            case YamlNode.Sequence list:
                var owner = $"'decision' of {decision.Owner}";
                if (list.Items.IsEmpty)
                {
                    _problems.Warn(
                        ProblemCode.NoEffect, $"{decision.Name} has no effect: it is empty.", decision.KeyAt,
                        "Give it an entry, or remove the key.");
                }

                var entries = list.Items.Select(item => Entry(item, owner)).OfType<Choice>().ToList();
                return Chain(entries, owner);
            default:
                values.WrongType<object>(decision, "a list of '- when: ..., next: ...'");
                return [];
        }
    }

    private ImmutableArray<TransitionSpec> Chain(List<Choice> choices, string owner)
    {
        foreach (var second in choices.Where(choice => choice.Default is not null).Skip(1))
        {
            _problems.Error(
                ProblemCode.WrongValue, $"{owner} has two defaults.", second.Default!.KeyAt, "Keep one of the two.");
        }

        var always = choices.FindIndex(choice => choice is { Default: null, IsConditional: false });
        var useless = choices.Where((choice, place) => always >= 0 && (place > always || choice.Default is not null));
        foreach (var choice in useless)
        {
            _problems.Warn(
                ProblemCode.NoEffect,
                $"This entry of {owner} has no effect: the one at {choices[always].Transition.At} always matches before it.",
                choice.Transition.At,
                "Give the one before a 'when', or make it the default, or remove this one.");
        }

        return
        [
            .. choices.OrderBy(choice => choice.Default is not null)
                .Select((choice, place) => choice.Transition with { IsElse = place > 0 }),
        ];
    }

    private Choice? Entry(YamlNode node, string owner)
    {
        if (Fields.Of(node, owner, KeyTable.Decision, _problems) is not { } fields)
        {
            return null;
        }

        var when = fields.FindEvenEmpty("when");
        var other = fields.Find("default") is { } field && values.Boolean(field) == true ? field : null;
        if (when is not null && other is not null)
        {
            _problems.Error(
                ProblemCode.WrongValue, $"The default of {owner} has a condition.", when.KeyAt, "Remove one of the two.");
        }

        var targets = Targets.Read(fields.Require("next"), values);
        var transition = new TransitionSpec(
            values.Condition(when),
            [],
            [.. targets.Select(target => target.Name)],
            node.At,
            [.. targets.Select(target => target.At)]);
        return new Choice(transition, other, when is not null);
    }

    /// <param name="Default">Null for an entry that is tried in its turn.</param>
    /// <param name="IsConditional">Also with a condition that could not be read.</param>
    private sealed record Choice(TransitionSpec Transition, Field? Default, bool IsConditional);
}
