using System.Globalization;
using System.Text.RegularExpressions;
using Executor.Core.Values;

namespace Executor.Core.Workflows;

/// <summary>Spans of time as people write them: <c>90</c> and <c>1.5</c> are seconds, <c>1h30m</c>, <c>250ms</c>.</summary>
public static class Durations
{
    private const long LongestSeconds = 36_500L * 24 * 3600;

    private static readonly Regex Parts = new(
        @"^(?:([0-9]+(?:\.[0-9]+)?)h)?(?:([0-9]+(?:\.[0-9]+)?)m)?(?:([0-9]+(?:\.[0-9]+)?)s)?(?:([0-9]+(?:\.[0-9]+)?)ms)?$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly string[] Units = ["h", "m", "s", "ms"];

    private static readonly Regex SpokenPart = new(
        @"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*([A-Za-z]{1,12})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex Spoken =
        new($@"^\s*(?:{SpokenPart}\s*){{1,6}}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>More is refused, so that adding it to a time cannot overflow.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(LongestSeconds);

    /// <param name="value">A number of seconds, or a text; never negative.</param>
    public static bool TryParse(Value value, out TimeSpan duration)
    {
        duration = default;
        return value switch
        {
            Value.Int { Content: >= 0 } whole => TrySeconds(whole.Content, out duration),
            Value.Float { Content: >= 0 } fraction when fraction.Content <= LongestSeconds =>
                TrySeconds((decimal)fraction.Content, out duration),
            Value.Text text => TryParse(text.Content, out duration),
            _ => false,
        };
    }

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > 64)
        {
            return false;
        }

        if (decimal.TryParse(trimmed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TrySeconds(seconds, out duration);
        }

        var match = Parts.Match(trimmed);
        if (!match.Success)
        {
            return false;
        }

        decimal[] weights = [3600, 60, 1, 0.001m];
        var sum = 0m;
        for (var part = 0; part < weights.Length; part++)
        {
            var written = match.Groups[part + 1];
            if (written.Success)
            {
                if (!decimal.TryParse(written.Value, CultureInfo.InvariantCulture, out var number) || number > LongestSeconds)
                {
                    return false;
                }

                sum += number * weights[part];
            }
        }

        return TrySeconds(sum, out duration);
    }

    /// <summary>A text with other units as <see cref="TryParse(string, out TimeSpan)"/> reads it: <c>1d</c> is <c>24h</c>.</summary>
    /// <returns>Null when it is no such text.</returns>
    public static string? InUnits(string text)
    {
        if (!Spoken.IsMatch(text))
        {
            return null;
        }

        var sums = new Dictionary<string, decimal>();
        foreach (Match part in SpokenPart.Matches(text))
        {
            var (factor, unit) = UnitOf(part.Groups[2].Value);
            var number = decimal.Parse(part.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            sums[unit] = sums.GetValueOrDefault(unit) + (number * factor);
        }

        var written = string.Concat(Units.Where(sums.ContainsKey)
            .Select(unit => sums[unit].ToString("0.######", CultureInfo.InvariantCulture) + unit));
        return !sums.ContainsKey("") && TryParse(written, out _) ? written : null;
    }

    /// <returns>No unit when the word is none.</returns>
    private static (int Factor, string Unit) UnitOf(string word) => word.ToLowerInvariant() switch
    {
        "w" or "week" or "weeks" => (7 * 24, "h"),
        "d" or "day" or "days" => (24, "h"),
        "h" or "hr" or "hrs" or "hour" or "hours" => (1, "h"),
        "m" or "min" or "mins" or "minute" or "minutes" => (1, "m"),
        "s" or "sec" or "secs" or "second" or "seconds" => (1, "s"),
        "ms" or "msec" or "millis" or "millisecond" or "milliseconds" => (1, "ms"),
        _ => (0, ""),
    };

    private static bool TrySeconds(decimal seconds, out TimeSpan duration)
    {
        var fits = seconds <= LongestSeconds;
        duration = fits ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : default;
        return fits;
    }
}
