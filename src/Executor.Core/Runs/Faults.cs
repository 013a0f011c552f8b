using Executor.Core.Expressions;

namespace Executor.Core.Runs;

/// <summary>Errors of expressions as sentences for people.</summary>
internal static class Faults
{
    public static string Text(ExpressionException failed) => $"{failed.Error.Message} (line {failed.Error.At.Line})";

    public static ExpressionException New(string code, string message, Position at) =>
        new(new ExpressionError(code, message, at));
}
