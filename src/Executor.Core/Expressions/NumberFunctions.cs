using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Rounding, extremes and sums.</summary>
internal static class NumberFunctions
{
    public static readonly Function[] All =
    [
        new("abs", 1, Absolute),
        new("floor", 1, arguments => Rounded(arguments, Math.Floor)),
        new("ceil", 1, arguments => Rounded(arguments, Math.Ceiling)),
        new("round", 1, arguments => Rounded(arguments, HalfAwayFromZero)),
        new("min", 2, Function.Any, arguments => Extreme(arguments, -1)),
        new("max", 2, Function.Any, arguments => Extreme(arguments, 1)),
        new("sum", 1, Sum),
    ];

    /// <summary>The integer that a float without fraction stands for.</summary>
    public static Value Whole(double number, Position at) =>
        number is >= -9223372036854775808d and < 9223372036854775808d
            ? Value.Of((long)number)
            : throw Failure.Overflow(at);

    private static Value Absolute(Arguments arguments) => arguments[0] switch
    {
        Value.Int { Content: >= 0 } or Value.Float { Content: >= 0 } => arguments[0],
        Value.Int or Value.Float => Arithmetic.Negate(arguments[0], arguments.At),
        _ => throw arguments.WrongType(0, "a number"),
    };

    private static Value Rounded(Arguments arguments, Func<double, double> round) =>
        arguments[0] is Value.Int integer ? integer : Whole(round(arguments.Number(0)), arguments.At);

    private static double HalfAwayFromZero(double number) => Math.Round(number, MidpointRounding.AwayFromZero);

    /// <summary>A float as soon as one of them is.</summary>
    private static Value Extreme(Arguments arguments, int sign)
    {
        var best = arguments[0];
        var floats = best is Value.Float;
        for (var index = 1; index < arguments.Count; index++)
        {
            var order = Comparison.Order(arguments[index], best, arguments.PlaceOf(index), arguments.Evaluation);
            floats |= arguments[index] is Value.Float;
            best = Math.Sign(order) == sign ? arguments[index] : best;
        }

        return floats && best is Value.Int integer ? Value.Of((double)integer.Content) : best;
    }

    private static Value Sum(Arguments arguments)
    {
        var sum = Value.Of(0L);
        foreach (var item in arguments.List(0))
        {
            sum = item is Value.Int or Value.Float
                ? Arithmetic.Add(sum, item, arguments.At, arguments.Evaluation)
                : throw Failure.Type(arguments.PlaceOf(0), $"sum adds numbers, not {item.Kind}.");
        }

        return sum;
    }
}
