using System.Globalization;

namespace Executor.Host.Settings;

/// <summary>Amounts of bytes as people write them: <c>4096</c> is bytes, <c>512KiB</c>, <c>10MiB</c>, <c>2GiB</c>.</summary>
internal static class Sizes
{
    private static readonly (string Word, int Shift)[] Units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var (word, shift) = Array.Find(Units, unit => text.EndsWith(unit.Word, StringComparison.OrdinalIgnoreCase));
        var digits = text.AsSpan(0, text.Length - (word?.Length ?? 0));
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue >> shift)
        {
            return false;
        }

        bytes = number << shift;
        return true;
    }

    /// <summary>In the largest unit that tells it exactly.</summary>
    public static string Text(long bytes)
    {
        var (word, shift) = Array.Find(Units, unit => bytes > 0 && bytes % (1L << unit.Shift) == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes >> shift}{word}");
    }
}
