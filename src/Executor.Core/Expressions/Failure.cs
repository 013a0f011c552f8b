namespace Executor.Core.Expressions;

/// <summary>The errors of the language by kind, so that each code is written once.</summary>
internal static class Failure
{
    public static ExpressionException Syntax(Position at, string message, string? hint = null) =>
        Of("expr.syntax", at, message, hint);

    public static ExpressionException Number(Position at, string message) =>
        Of("expr.number", at, message, "Integers have 64 bits; write a point to make it a float.");

    public static ExpressionException UnknownName(Position at, string message, string? hint = null) =>
        Of("expr.unknown-name", at, message, hint);

    public static ExpressionException UnknownFunction(Position at, string name) =>
        Of("expr.unknown-function", at, $"There is no function '{name}'.", Nearest.Hint(name, Functions.Names));

    public static ExpressionException Arguments(Position at, string message, string? hint = null) =>
        Of("expr.arguments", at, message, hint);

    public static ExpressionException Type(Position at, string message, string? hint = null) =>
        Of("expr.type", at, message, hint);

    public static ExpressionException Index(Position at, long index, int count) =>
        Of("expr.index", at, $"There is no element {index}: there are {count}.", "Use get(x, index, default).");

    public static ExpressionException DivideByZero(Position at) =>
        Of("expr.divide-by-zero", at, "Division by zero.", null);

    public static ExpressionException Overflow(Position at, string message = "The number is too large for 64 bits.") =>
        Of("expr.overflow", at, message, null);

    public static ExpressionException TooLarge(Position at, string message) =>
        Of("expr.too-large", at, message, null);

    public static ExpressionException Pattern(Position at, string message) =>
        Of("expr.regex", at, message, "Write it without look-around and back references.");

    public static ExpressionException Limit(Position at, string message) =>
        Of("limit.expression", at, message, "Split it into several tasks or variables.");

    private static ExpressionException Of(string code, Position at, string message, string? hint) =>
        new(new ExpressionError(code, message, at, hint));
}
