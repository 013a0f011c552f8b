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

    /// <summary>The parts between blanks; quotes, brackets and braces keep theirs together.</summary>
    public static IReadOnlyList<(string Text, int Offset)> Split(string text)
    {
        var parts = new List<(string Text, int Offset)>();
        var expected = new Stack<char>();
        var start = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index == text.Length || (expected.Count == 0 && char.IsWhiteSpace(text[index])))
            {
                if (index > start)
                {
                    parts.Add((text[start..index], start));
                }

                start = index + 1;
            }
            else if (expected.TryPeek(out var end) && end is '"' or '\'' && text[index] == '\\'
                && index + 1 < text.Length)
            {
                index++;
            }
            else if (expected.Count > 0 && text[index] == end)
            {
                expected.Pop();
            }
            else if (end is not ('"' or '\'') && Opening.Contains(text[index]))
            {
                expected.Push(Closing[Opening.IndexOf(text[index])]);
            }
        }

        return parts;
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
