using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>One expression, read once and evaluated often.</summary>
public sealed class Expression
{
    private Expression(string source, Position at)
    {
        Source = source;
        At = at;
    }

    public string Source { get; }

    /// <summary>Where its first character stands in the file.</summary>
    public Position At { get; }

    /// <exception cref="ExpressionException">Not an expression.</exception>
    public static Expression Parse(string source, Position at) => new(source, at);

    /// <exception cref="ExpressionException">It has no value in this scope.</exception>
    public Value Evaluate(Scope scope) => throw new ExpressionException(new("expr.syntax", Source, At));
}
