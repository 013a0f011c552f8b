namespace Executor.Core.Expressions;

/// <summary>The name that was probably meant.</summary>
public static class Nearest
{
    private const int LongestName = 64;
    private const int MostNames = 1_000;

    /// <returns>Null when none is near enough to be a misspelling.</returns>
    public static string? Of(string word, IEnumerable<string> names)
    {
        if (word.Length > LongestName)
        {
            return null;
        }

        string? best = null;
        var bestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (var name in names.Take(MostNames))
        {
            if (Math.Abs(name.Length - word.Length) >= bestDistance)
            {
                continue;
            }

            var distance = Distance(word, name);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best;
    }

    /// <returns>A sentence, or null when no name is near.</returns>
    public static string? Hint(string word, IEnumerable<string> names) =>
        Of(word, names) is { } name ? $"Did you mean '{name}'?" : null;

    private static int Distance(string left, string right)
    {
        left = left.ToLowerInvariant();
        right = right.ToLowerInvariant();
        var former = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            former[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var change = left[line - 1] == right[column - 1] ? 0 : 1;
                row[column] = Math.Min(
                    Math.Min(row[column - 1] + 1, former[column] + 1),
                    former[column - 1] + change);
            }

            (former, row) = (row, former);
        }

        return former[right.Length];
    }
}
