using System.Globalization;
using System.Text.RegularExpressions;
using Executor.Core.Values;

namespace Executor.Core.Workflows.Yaml;

/// <summary>What an unquoted scalar means: the core schema of YAML 1.2, where <c>no</c> is a text.</summary>
/// <remarks>
/// Digits with a leading zero stay a text (<c>012</c> is a postal code or an octal number of the past, never 12), and
/// so do infinities and not-a-number, which JSON does not know.
/// </remarks>
internal static class PlainScalar
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex Decimal = new("^[-+]?(0|[1-9][0-9]*)$", Linear);
    private static readonly Regex Hexadecimal = new("^0x[0-9a-fA-F]+$", Linear);
    private static readonly Regex Octal = new("^0o[0-7]+$", Linear);
    private static readonly Regex Float =
        new(@"^[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", Linear);

    /// <returns>Null for a number that has no 64-bit form.</returns>
    public static Value? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => Value.Null,
        "true" or "True" or "TRUE" => Value.True,
        "false" or "False" or "FALSE" => Value.False,
        _ => MayBeNumber(text) ? Number(text) : Value.Of(text),
    };

    private static bool MayBeNumber(string text) => char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.';

    private static Value? Number(string text)
    {
        if (Decimal.IsMatch(text))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
                ? Value.Of(integer)
                : null;
        }

        if (Float.IsMatch(text))
        {
            var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsFinite(number) ? Value.Of(number) : null;
        }

        return Hexadecimal.IsMatch(text) ? Digits(text, 16) : Octal.IsMatch(text) ? Digits(text, 8) : Value.Of(text);
    }

    private static Value? Digits(string text, int radix)
    {
        var number = 0L;
        foreach (var digit in text.AsSpan(2))
        {
            var next = (UInt128)(ulong)number * (UInt128)radix + (UInt128)Convert.ToInt32(digit.ToString(), 16);
            if (next > (UInt128)long.MaxValue)
            {
                return null;
            }

            number = (long)next;
        }

        return Value.Of(number);
    }
}
