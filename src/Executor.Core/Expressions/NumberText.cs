using System.Globalization;

namespace Executor.Core.Expressions;

/// <summary>Numbers in texts: a sign, digits, a fraction and an exponent; no spaces, no names such as NaN.</summary>
internal static class NumberText
{
    public static bool TryRead(string text, out double number)
    {
        number = 0;
        return IsNumber(text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    public static bool TryReadInteger(string text, out long integer) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out integer);

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text is ['-' or '+', ..])
        {
            text = text[1..];
        }

        if (!SkipDigits(ref text))
        {
            return false;
        }

        if (text is ['.', ..])
        {
            text = text[1..];
            if (!SkipDigits(ref text))
            {
                return false;
            }
        }

        if (text is ['e' or 'E', ..])
        {
            text = text is [_, '-' or '+', ..] ? text[2..] : text[1..];
            return SkipDigits(ref text) && text.IsEmpty;
        }

        return text.IsEmpty;
    }

    private static bool SkipDigits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        end = end < 0 ? text.Length : end;
        text = text[end..];
        return end > 0;
    }
}
