using System.Globalization;
using System.Text;

namespace Executor.Host.Output;

/// <summary>
/// Foreign text without the characters that steer a terminal or turn the reading direction: each is shown as its
/// <c>\uXXXX</c> escape, which inside JSON still means the same character.
/// </summary>
internal static class SafeText
{
    /// <summary>Line ends and tabs stay.</summary>
    public static string Lines(string text) => Escape(text, keepLines: true);

    /// <summary>Line ends and tabs are escaped too: the answer is one line.</summary>
    public static string OneLine(string text) => Escape(text, keepLines: false);

    /// <summary>One line of at most so many characters, with an ellipsis where something is cut.</summary>
    public static string Short(string text, int length)
    {
        var line = OneLine(text.Length > 4 * length ? text[..(4 * length)] : text);
        return line.Length <= length ? line : line[..(length - 1)] + "…";
    }

    private static string Escape(string text, bool keepLines)
    {
        var first = FirstUnsafe(text, keepLines);
        if (first < 0)
        {
            return text;
        }

        var safe = new StringBuilder(text, 0, first, text.Length + 16);
        for (var at = first; at < text.Length; at++)
        {
            if (!IsUnsafe(text, at, keepLines))
            {
                safe.Append(text[at]);
            }
            else if (text[at] is '\n' or '\t' or '\r')
            {
                safe.Append(text[at] switch { '\n' => "\\n", '\t' => "\\t", _ => "\\r" });
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}");
            }
        }

        return safe.ToString();
    }

    private static int FirstUnsafe(string text, bool keepLines)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (IsUnsafe(text, at, keepLines))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool IsUnsafe(string text, int at, bool keepLines) => text[at] switch
    {
        '\n' or '\t' => !keepLines,
        < ' ' or (>= '\u007f' and <= '\u009f') => true,
        '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => true,
        var high when char.IsHighSurrogate(high) => at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1]),
        var low when char.IsLowSurrogate(low) => at == 0 || !char.IsHighSurrogate(text[at - 1]),
        _ => false,
    };
}
