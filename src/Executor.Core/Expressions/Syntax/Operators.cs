using Executor.Core.Values;

namespace Executor.Core.Expressions.Syntax;

/// <summary>What an operator does with both sides.</summary>
/// <param name="at">Where the operator stands.</param>
internal delegate Value Operation(Value left, Value right, Position at, Evaluation evaluation);

internal sealed class Binary(Node left, Operation operation, Node right, Position at) : Node(at)
{
    public override IEnumerable<Node> Children => [left, right];

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        var first = left.Evaluate(evaluation);
        return operation(first, right.Evaluate(evaluation), At, evaluation);
    }
}

internal sealed class Negation(Node operand, Position at) : Node(at)
{
    public override IEnumerable<Node> Children => [operand];

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step(At);
        return Arithmetic.Negate(evaluation.Open(operand.Evaluate(evaluation)), At);
    }
}

/// <summary>The binary operators of each level of precedence.</summary>
internal static class Operators
{
    public static readonly Dictionary<string, Operation> Comparing = new()
    {
        ["=="] = (left, right, at, evaluation) => Value.Of(Comparison.AreEqual(left, right, at, evaluation)),
        ["!="] = (left, right, at, evaluation) => Value.Of(!Comparison.AreEqual(left, right, at, evaluation)),
        ["<"] = OfOrder(order => order < 0),
        ["<="] = OfOrder(order => order <= 0),
        [">"] = OfOrder(order => order > 0),
        [">="] = OfOrder(order => order >= 0),
        ["in"] = OfWhole((left, right, at, evaluation) => Value.Of(Comparison.IsIn(left, right, at, evaluation))),
        ["not in"] = OfWhole((left, right, at, evaluation) => Value.Of(!Comparison.IsIn(left, right, at, evaluation))),
    };

    public static readonly Dictionary<string, Operation> Joining = new()
    {
        ["~"] = OfWhole(Arithmetic.Concatenate),
    };

    public static readonly Dictionary<string, Operation> Adding = new()
    {
        ["+"] = OfWhole(Arithmetic.Add),
        ["-"] = OfWhole(Arithmetic.Subtract),
    };

    public static readonly Dictionary<string, Operation> Multiplying = new()
    {
        ["*"] = OfWhole(Arithmetic.Multiply),
        ["/"] = OfWhole(Arithmetic.Divide),
        ["//"] = OfWhole(Arithmetic.DivideWhole),
        ["%"] = OfWhole(Arithmetic.Remainder),
    };

    private static Operation OfOrder(Predicate<int> isSo) => OfWhole((left, right, at, evaluation) =>
        Value.Of(isSo(Comparison.Order(left, right, at, evaluation))));

    /// <summary>Both sides are looked at as a whole.</summary>
    private static Operation OfWhole(Operation operation) => (left, right, at, evaluation) =>
    {
        var (first, second) = evaluation.Whole(left, right, at);
        return operation(first, second, at, evaluation);
    };
}
