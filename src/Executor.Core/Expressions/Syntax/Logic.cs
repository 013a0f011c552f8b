using Executor.Core.Values;

namespace Executor.Core.Expressions.Syntax;

/// <summary><c>left and right</c>, or <c>left or right</c>: a boolean, without looking at the right side in vain.</summary>
/// <param name="deciding">The truth of the left side that decides the whole: false for and, true for or.</param>
internal sealed class Junction(Node left, Node right, bool deciding) : Node(left.At)
{
    public override IEnumerable<Node> Children => [left, right];

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        return Value.Of(left.Evaluate(evaluation).IsTruthy == deciding
            ? deciding
            : right.Evaluate(evaluation).IsTruthy);
    }
}

internal sealed class Not(Node operand, Position at) : Node(at)
{
    public override IEnumerable<Node> Children => [operand];

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        return Value.Of(!operand.Evaluate(evaluation).IsTruthy);
    }
}

/// <summary><c>then if condition else otherwise</c></summary>
internal sealed class Conditional(Node then, Node condition, Node otherwise) : Node(then.At)
{
    public override IEnumerable<Node> Children => [then, condition, otherwise];

    public override Value Evaluate(Evaluation evaluation) => Chosen(evaluation).Evaluate(evaluation);

    public override Value? Find(Evaluation evaluation) => Chosen(evaluation).Find(evaluation);

    private Node Chosen(Evaluation evaluation)
    {
        evaluation.Step(At);
        return condition.Evaluate(evaluation).IsTruthy ? then : otherwise;
    }
}

/// <summary><c>operand is [not] defined</c></summary>
internal sealed class IsDefined(Node operand, bool negated) : Node(operand.At)
{
    public Node Operand { get; } = operand;

    public override IEnumerable<Node> Children => [Operand];

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        return Value.Of(Operand.Find(evaluation) is null == negated);
    }
}

/// <summary><c>operand is [not] null</c></summary>
internal sealed class IsNull(Node operand, bool negated) : Node(operand.At)
{
    public override IEnumerable<Node> Children => [operand];

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        return Value.Of(operand.Evaluate(evaluation).IsNull != negated);
    }
}
