using Executor.Core.Values;

namespace Executor.Core.Expressions.Syntax;

/// <summary>A part of an expression that was read.</summary>
internal abstract class Node(Position at)
{
    /// <summary>Where an error in it is shown.</summary>
    public Position At { get; } = at;

    public virtual IEnumerable<Node> Children => [];

    public abstract Value Evaluate(Evaluation evaluation);

    /// <summary>As <see cref="Evaluate"/>, but a path that leads nowhere is no error.</summary>
    /// <returns>Null when a name, a field or an element on the path is missing.</returns>
    public virtual Value? Find(Evaluation evaluation) => Evaluate(evaluation);
}

internal sealed class Literal(Value value, Position at) : Node(at)
{
    public Value Value { get; } = value;

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        return Value;
    }
}
