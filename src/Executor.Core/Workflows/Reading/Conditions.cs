using Executor.Core.Expressions;

namespace Executor.Core.Workflows.Reading;

/// <summary>The text after <c>when</c>: one expression, with or without one pair of braces around all of it.</summary>
internal static class Conditions
{
    /// <exception cref="ExpressionException">Empty, not one expression, or braces around a part of it only.</exception>
    public static Expression Parse(string text, Position at)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ExpressionException(new(ProblemCode.WhenEmpty, "The condition is empty.", at));
        }

        var bare = text.Trim();
        if (!bare.StartsWith("{{", StringComparison.Ordinal))
        {
            return Expression.Parse(text, at);
        }

        var template = Template.Parse(text, at);
        return template.Expressions.ToList() is [var only] && bare.EndsWith("}}", StringComparison.Ordinal)
            ? only
            : throw new ExpressionException(new(
                ProblemCode.WhenMixedText, "The braces must stand around the whole condition.", at));
    }
}
