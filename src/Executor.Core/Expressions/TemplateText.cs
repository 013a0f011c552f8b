using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>Finds the expressions in a text.</summary>
internal static class TemplateText
{
    private const string Opening = "{{";

    /// <exception cref="ExpressionException">An expression cannot be read, or is not closed.</exception>
    public static Template Read(string text, TextPlaces places)
    {
        var parts = Parts(text, places);
        var expressions = parts.Count(part => part.Expression is not null);
        if (expressions == 0)
        {
            return new ConstantTemplate(new Value.Text(text));
        }

        var alone = expressions == 1
            && parts.All(part => part.Expression is not null || string.IsNullOrWhiteSpace(part.Text));
        return alone
            ? new ExpressionTemplate(parts.First(part => part.Expression is not null).Expression!)
            : new TextTemplate(parts);
    }

    public static Expression ReadCondition(string text, TextPlaces places)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ExpressionException(
                new("when.empty", "The condition is empty.", places.First, "Remove it, or write an expression."));
        }

        if (!HasBracesOutsideTexts(text))
        {
            return ReadTrimmed(text, places);
        }

        var parts = Parts(text, places);
        return parts.Where(part => part.Expression is not null || !string.IsNullOrWhiteSpace(part.Text)).ToArray()
            is [{ Expression: { } only }]
            ? only
            : throw new ExpressionException(new(
                "when.mixed-text",
                "A condition is one expression, not a text around expressions.",
                places.First,
                "Put the whole condition into one pair of {{ }}, or leave them out."));
    }

    private static ImmutableArray<(string Text, Expression? Expression)> Parts(string text, TextPlaces places)
    {
        var parts = ImmutableArray.CreateBuilder<(string, Expression?)>();
        var next = 0;
        while (text.IndexOf(Opening, next, StringComparison.Ordinal) is >= 0 and var opening)
        {
            if (opening > next)
            {
                parts.Add((text[next..opening], null));
            }

            var start = opening + Opening.Length;
            var end = FindEnd(text, start, places[opening]);
            parts.Add(("", ReadTrimmed(text[start..end], places.From(start))));
            next = end + 2;
        }

        if (next < text.Length)
        {
            parts.Add((text[next..], null));
        }

        return parts.ToImmutable();
    }

    private static Expression ReadTrimmed(string text, TextPlaces places)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        return Expression.Parse(text.Trim(), places.From(start));
    }

    /// <summary>The place of the <c>}}</c> that is neither in a text nor closes a map.</summary>
    private static int FindEnd(string text, int start, Position opening)
    {
        var open = 0;
        for (var next = start; next < text.Length; next++)
        {
            switch (text[next])
            {
                case '"' or '\'':
                    next = SkipText(text, next);
                    break;
                case '{':
                    open++;
                    break;
                case '}' when open > 0:
                    open--;
                    break;
                case '}' when next + 1 < text.Length && text[next + 1] == '}':
                    return next;
            }
        }

        throw new ExpressionException(new(
            "template.unclosed", "An expression is not closed.", opening, "Add }}, and close its texts and brackets."));
    }

    /// <returns>The place of the closing quote, or the end.</returns>
    private static int SkipText(string text, int opening)
    {
        var next = opening + 1;
        while (next < text.Length && text[next] != text[opening])
        {
            next += text[next] == '\\' ? 2 : 1;
        }

        return next;
    }

    private static bool HasBracesOutsideTexts(string text)
    {
        for (var next = 0; next + 1 < text.Length; next++)
        {
            if (text[next] is '"' or '\'')
            {
                next = SkipText(text, next);
            }
            else if (text[next] == '{' && text[next + 1] == '{')
            {
                return true;
            }
        }

        return false;
    }
}
