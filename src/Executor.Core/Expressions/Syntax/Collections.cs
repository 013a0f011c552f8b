using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Expressions.Syntax;

/// <summary><c>[a, b]</c></summary>
internal sealed class ListNode(ImmutableArray<Node> items, Position at) : Node(at)
{
    public override IEnumerable<Node> Children => items;

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        var values = ImmutableArray.CreateBuilder<Value>(items.Length);
        foreach (var item in items)
        {
            values.Add(item.Evaluate(evaluation));
        }

        return Bounds.Built(new Value.List(values.MoveToImmutable()), At);
    }
}

/// <summary><c>{"k": a}</c>; keys are literals and unique.</summary>
internal sealed class MapNode(ImmutableArray<KeyValuePair<string, Node>> entries, Position at) : Node(at)
{
    public override IEnumerable<Node> Children => entries.Select(entry => entry.Value);

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>(entries.Length);
        foreach (var (key, node) in entries)
        {
            values.Add(KeyValuePair.Create(key, node.Evaluate(evaluation)));
        }

        return Bounds.Built(new Value.Map(values.MoveToImmutable()), At);
    }
}
