using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Executor.Core.Expressions;

/// <summary>Formats of times as in C and Python: <c>%Y-%m-%d</c>. Names are English.</summary>
internal sealed class TimePattern
{
    private static readonly FrozenDictionary<char, string> Parts = new Dictionary<char, string>
    {
        ['Y'] = "yyyy",
        ['y'] = "yy",
        ['m'] = "MM",
        ['d'] = "dd",
        ['H'] = "HH",
        ['I'] = "hh",
        ['M'] = "mm",
        ['S'] = "ss",
        ['f'] = "ffffff",
        ['p'] = "tt",
        ['a'] = "ddd",
        ['A'] = "dddd",
        ['b'] = "MMM",
        ['B'] = "MMMM",
        ['z'] = "zzz",
        ['F'] = "yyyy-MM-dd",
        ['T'] = "HH:mm:ss",
    }.ToFrozenDictionary();

    private readonly string _format;

    private TimePattern(string format) => _format = format;

    public bool HasYear => _format.Contains("yy", StringComparison.Ordinal);

    /// <returns>False when it has no part of a time, or one that does not exist.</returns>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out TimePattern? read)
    {
        read = null;
        var format = new StringBuilder();
        var parts = 0;
        for (var next = 0; next < pattern.Length; next++)
        {
            if (pattern[next] != '%')
            {
                format.Append('\\').Append(pattern[next]);
            }
            else if (++next < pattern.Length && Parts.TryGetValue(pattern[next], out var part))
            {
                format.Append(part);
                parts++;
            }
            else if (next < pattern.Length && pattern[next] == '%')
            {
                format.Append(@"\%");
            }
            else
            {
                return false;
            }
        }

        read = new TimePattern(format.ToString());
        return parts > 0;
    }

    public string Write(DateTimeOffset time) =>
        time.ToUniversalTime().ToString(_format, CultureInfo.InvariantCulture);

    /// <summary>What else the format does not name is the first: of January, midnight. Without an offset it is UTC.</summary>
    /// <param name="text">Read by a format that has a year: without one, the framework would ask the clock.</param>
    public bool TryRead(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text,
        _format,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out time);
}
