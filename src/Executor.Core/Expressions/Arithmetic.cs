using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>The arithmetic operators. Two integers are computed exactly, an integer and a float as floats.</summary>
internal static class Arithmetic
{
    public static Value Add(Value left, Value right, Position at, Evaluation evaluation)
    {
        switch (left, right)
        {
            case (Value.Text first, Value.Text second):
                return Joined(first.Content, second.Content, at, evaluation);
            case (Value.List first, Value.List second):
                Bounds.CheckCount(first.Count + second.Count, at);
                evaluation.Work(first.Count + second.Count, at);
                return Bounds.Built(new Value.List(first.Items.AddRange(second.Items)), at);
            default:
                return Number("add", left, right, at, (a, b) => checked(a + b), (a, b) => a + b);
        }
    }

    public static Value Subtract(Value left, Value right, Position at, Evaluation evaluation) =>
        Number("subtract", left, right, at, (a, b) => checked(a - b), (a, b) => a - b);

    public static Value Multiply(Value left, Value right, Position at, Evaluation evaluation) =>
        Number("multiply", left, right, at, (a, b) => checked(a * b), (a, b) => a * b);

    /// <summary>An integer when it divides exactly.</summary>
    public static Value Divide(Value left, Value right, Position at, Evaluation evaluation)
    {
        RefuseZero(right, at);
        if (left is Value.Int dividend && right is Value.Int divisor && !IsLowest(dividend, divisor))
        {
            return dividend.Content % divisor.Content == 0
                ? Value.Of(dividend.Content / divisor.Content)
                : Value.Of((double)dividend.Content / divisor.Content);
        }

        return Number("divide", left, right, at, (a, b) => checked(a / b), (a, b) => a / b);
    }

    /// <summary>Towards zero, so that <c>a == (a // b) * b + a % b</c>.</summary>
    public static Value DivideWhole(Value left, Value right, Position at, Evaluation evaluation)
    {
        RefuseZero(right, at);
        return Number("divide", left, right, at, (a, b) => checked(a / b), (a, b) => Math.Truncate(a / b));
    }

    /// <summary>Has the sign of the dividend.</summary>
    public static Value Remainder(Value left, Value right, Position at, Evaluation evaluation)
    {
        RefuseZero(right, at);
        return Number("divide", left, right, at, (a, b) => b == -1 ? 0 : a % b, (a, b) => a % b);
    }

    public static Value Negate(Value operand, Position at) => operand switch
    {
        Value.Int { Content: long.MinValue } => throw Failure.Overflow(at),
        Value.Int integer => Value.Of(-integer.Content),
        Value.Float number => Value.Of(-number.Content),
        _ => throw Failure.Type(at, $"'-' needs a number, not {operand.Kind}."),
    };

    /// <summary>As text, with null as nothing.</summary>
    public static Value Concatenate(Value left, Value right, Position at, Evaluation evaluation) =>
        Joined(evaluation.Inline(left, at), evaluation.Inline(right, at), at, evaluation);

    /// <summary>A float that exists: neither infinite nor undefined.</summary>
    public static Value Finite(double number, Position at) =>
        double.IsFinite(number) ? Value.Of(number) : throw Failure.Overflow(at, "The number is too large for a float.");

    private static Value Number(
        string verb,
        Value left,
        Value right,
        Position at,
        Func<long, long, long> exact,
        Func<double, double, double> floating)
    {
        if (left is Value.Int first && right is Value.Int second)
        {
            try
            {
                return Value.Of(exact(first.Content, second.Content));
            }
            catch (OverflowException)
            {
                throw Failure.Overflow(at);
            }
        }

        return AsFloat(left) is { } a && AsFloat(right) is { } b
            ? Finite(floating(a, b), at)
            : throw Unlike(verb, left, right, at);
    }

    private static Value.Text Joined(string first, string second, Position at, Evaluation evaluation)
    {
        Bounds.CheckText((long)first.Length + second.Length, at);
        evaluation.Work(first.Length + second.Length, at);
        return new Value.Text(first + second);
    }

    private static double? AsFloat(Value value) => value switch
    {
        Value.Int integer => integer.Content,
        Value.Float number => number.Content,
        _ => null,
    };

    private static void RefuseZero(Value divisor, Position at)
    {
        if (AsFloat(divisor) is 0)
        {
            throw Failure.DivideByZero(at);
        }
    }

    private static bool IsLowest(Value.Int dividend, Value.Int divisor) =>
        dividend.Content == long.MinValue && divisor.Content == -1;

    private static ExpressionException Unlike(string verb, Value left, Value right, Position at)
    {
        var hint = verb == "add" && (left is Value.Text || right is Value.Text)
            ? "Use ~ to join as text."
            : null;
        return Failure.Type(at, $"Cannot {verb} {left.Kind} and {right.Kind}.", hint);
    }
}
