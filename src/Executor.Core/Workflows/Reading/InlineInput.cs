using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Workflows.Reading;

/// <summary>An action with inputs behind it in one text: <c>core.echo message="two words" times=3</c>.</summary>
internal static class InlineInput
{
    private const string Opening = "\"'[{(";
    private const string Closing = "\"']})";

    /// <summary>
    /// The parts between blanks. Brackets and braces keep theirs together, and so do quotes where a value begins or
    /// inside of brackets; elsewhere a quote is a character like others: <c>it's</c>.
    /// </summary>
    /// <returns>What was opened last and never closed has swallowed all that stands behind it; null when all is closed.</returns>
    public static (IReadOnlyList<(string Text, int Offset)> Parts, int? Open) Split(string text)
    {
        var parts = new List<(string Text, int Offset)>();
        var open = new Stack<(char End, int At)>();
        var start = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            var end = open.TryPeek(out var last) ? last.End : default;
            if (end is '"' or '\'' && letter == '\\')
            {
                index++;
            }
            else if (letter == end)
            {
                open.Pop();
            }
            else if (end is not ('"' or '\'') && Opens(text, index, isInside: open.Count > 0))
            {
                open.Push((Closing[Opening.IndexOf(letter)], index));
            }
            else if (open.Count == 0 && char.IsWhiteSpace(letter))
            {
                Add(index);
                start = index + 1;
            }
        }

        Add(text.Length);
        return (parts, open.TryPeek(out var unclosed) ? unclosed.At : null);

        void Add(int end)
        {
            if (end > start)
            {
                parts.Add((text[start..end], start));
            }
        }
    }

    private static bool Opens(string text, int index, bool isInside) => text[index] is '"' or '\''
        ? isInside || (index > 0 && text[index - 1] == '=')
        : Opening.Contains(text[index]);

    /// <returns>Where the quotes around a value end, when something stands behind them; else null.</returns>
    public static int? BehindQuotes(string value)
    {
        if (value is not ['"' or '\'', ..])
        {
            return null;
        }

        for (var index = 1; index < value.Length; index++)
        {
            if (value[index] == value[0])
            {
                return index + 1 < value.Length ? index + 1 : null;
            }

            if (value[index] == '\\')
            {
                index++;
            }
        }

        return null;
    }

    /// <summary>JSON keeps its type; a text in single quotes and a bare text are texts.</summary>
    public static Template Value(string text, TextPlaces places, ValueReader values)
    {
        if (text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0])
        {
            return Unquoted(text[1..^1], text[0], places.From(1), values);
        }

        if (text.Contains("{{", StringComparison.Ordinal))
        {
            return values.Template(text, places);
        }

        try
        {
            return Template.Constant(ValueJson.Parse(text));
        }
        catch (JsonException)
        {
            return values.Template(text, places);
        }
    }

    /// <summary>A quote inside is written with a backslash before it, which is left out.</summary>
    private static Template Unquoted(string text, char quote, TextPlaces places, ValueReader values)
    {
        var inner = new StringBuilder();
        var starts = ImmutableArray.CreateBuilder<(int Index, Position At)>();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\' && index + 1 < text.Length && text[index + 1] == quote)
            {
                index++;
            }

            starts.Add((inner.Length, places[index]));
            inner.Append(text[index]);
        }

        return inner.Length == 0
            ? values.Template("", places)
            : values.Template(inner.ToString(), new TextPlaces(starts.ToImmutable()));
    }
}
