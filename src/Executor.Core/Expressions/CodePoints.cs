using System.Text;

namespace Executor.Core.Expressions;

/// <summary>Texts measured, cut and ordered by Unicode code points; half a surrogate pair counts as one.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        if (IsPlain(text))
        {
            return text.Length;
        }

        var count = 0;
        for (var offset = 0; offset < text.Length; offset += Width(text, offset))
        {
            count++;
        }

        return count;
    }

    /// <summary>The place, in UTF-16 units, of the code point with this index; the index may be the count.</summary>
    public static int Offset(string text, int index)
    {
        if (IsPlain(text))
        {
            return index;
        }

        var offset = 0;
        for (; index > 0; index--)
        {
            offset += Width(text, offset);
        }

        return offset;
    }

    public static string At(string text, int index)
    {
        var offset = Offset(text, index);
        return text.Substring(offset, Width(text, offset));
    }

    public static string Slice(string text, int from, int to)
    {
        var start = Offset(text, from);
        return text[start..Offset(text, to)];
    }

    /// <returns>-1 when it is not in it.</returns>
    public static int IndexOf(string text, string part)
    {
        var offset = text.IndexOf(part, StringComparison.Ordinal);
        return offset <= 0 ? offset : Count(text[..offset]);
    }

    public static string Reverse(string text)
    {
        var reversed = new StringBuilder(text.Length);
        for (var end = text.Length; end > 0;)
        {
            var start = end - (end > 1 && char.IsSurrogatePair(text, end - 2) ? 2 : 1);
            reversed.Append(text, start, end - start);
            end = start;
        }

        return reversed.ToString();
    }

    /// <summary>By code point; UTF-16 units would put U+FFFD after an emoji.</summary>
    public static int Compare(string left, string right)
    {
        var shared = Math.Min(left.Length, right.Length);
        var same = left.AsSpan().CommonPrefixLength(right);
        return same == shared
            ? left.Length.CompareTo(right.Length)
            : Rank(left[same]).CompareTo(Rank(right[same]));
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');

    private static int Width(string text, int offset) =>
        offset + 1 < text.Length && char.IsSurrogatePair(text, offset) ? 2 : 1;
}
