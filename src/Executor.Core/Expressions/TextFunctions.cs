using System.Globalization;
using System.Text;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>What is done to texts; the same in every culture.</summary>
internal static class TextFunctions
{
    public static readonly Function[] All =
    [
        new("lower", 1, arguments => arguments.Built(arguments.Text(0).ToLowerInvariant())),
        new("upper", 1, arguments => arguments.Built(arguments.Text(0).ToUpperInvariant())),
        new("trim", 1, arguments => Value.Of(arguments.Text(0).Trim())),
        new("title", 1, arguments => arguments.Built(Title(arguments.Text(0)))),
        new("split", 2, Split),
        new("join", 2, Join),
        new("replace", 3, Replace),
        new("starts_with", 2, arguments =>
            Value.Of(arguments.Text(0).StartsWith(arguments.Text(1), StringComparison.Ordinal))),
        new("ends_with", 2, arguments =>
            Value.Of(arguments.Text(0).EndsWith(arguments.Text(1), StringComparison.Ordinal))),
    ];

    /// <summary>The part to look for; an empty one is everywhere and nowhere.</summary>
    public static string Part(Arguments arguments, int index)
    {
        var part = arguments.Text(index);
        return part.Length > 0 ? part : throw arguments.Impossible(index, "The text to look for is empty.");
    }

    public static int CountOf(string text, string part)
    {
        var count = 0;
        for (var at = 0; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length)
        {
            count++;
        }

        return count;
    }

    /// <summary>The first letter of each word in capitals, the others small. Words end at spaces, hyphens and brackets.</summary>
    private static string Title(string text)
    {
        var titled = new StringBuilder(text.Length);
        var first = true;
        foreach (var rune in text.EnumerateRunes())
        {
            var cased = first ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune);
            titled.Append(cased.ToString());
            first = Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation;
        }

        return titled.ToString();
    }

    private static Value Split(Arguments arguments)
    {
        var text = arguments.Text(0);
        var separator = Part(arguments, 1);
        Bounds.CheckCount(CountOf(text, separator) + 1, arguments.At);
        return Value.Of(text.Split(separator, StringSplitOptions.None).Select(Value.Of));
    }

    private static Value.Text Join(Arguments arguments)
    {
        var list = arguments.List(0);
        var separator = arguments.Text(1);
        var joined = new StringBuilder();
        for (var index = 0; index < list.Count; index++)
        {
            var piece = arguments.TextOf(list[index]);
            var between = index == 0 ? "" : separator;
            Bounds.CheckText((long)joined.Length + between.Length + piece.Length, arguments.At);
            joined.Append(between).Append(piece);
        }

        return new Value.Text(joined.ToString());
    }

    private static Value.Text Replace(Arguments arguments)
    {
        var text = arguments.Text(0);
        var part = Part(arguments, 1);
        var replacement = arguments.Text(2);
        var growth = (long)CountOf(text, part) * (replacement.Length - part.Length);
        Bounds.CheckText(text.Length + growth, arguments.At);
        return new Value.Text(text.Replace(part, replacement, StringComparison.Ordinal));
    }
}
