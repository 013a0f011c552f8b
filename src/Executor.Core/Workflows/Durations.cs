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

    private static bool TrySeconds(decimal seconds, out TimeSpan duration)
    {
        var fits = seconds <= LongestSeconds;
        duration = fits ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : default;
        return fits;
    }
}
