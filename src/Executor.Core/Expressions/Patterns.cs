using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Executor.Core.Expressions;

/// <summary>Compiled patterns. They search in linear time, so what they cannot do in it they refuse.</summary>
internal static class Patterns
{
    private const int LongestPattern = 1_000;
    private const int MostKept = 256;

    /// <summary>The last resort against a pattern whose states explode; far above any honest search of 1 MiB.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly ConcurrentDictionary<string, Regex> Kept = new(StringComparer.Ordinal);

    public static Regex Of(string pattern, Position at)
    {
        if (Kept.TryGetValue(pattern, out var known))
        {
            return known;
        }

        var compiled = Compile(pattern, at);
        if (Kept.Count >= MostKept)
        {
            Kept.Clear();
        }

        Kept[pattern] = compiled;
        return compiled;
    }

    /// <summary>Matches the text as a whole only.</summary>
    public static Regex Whole(string pattern, Position at)
    {
        _ = Of(pattern, at);
        return Of($@"\A(?:{pattern})\z", at);
    }

    /// <returns>What is wrong with a pattern that is written out; null when it can be searched for.</returns>
    public static ExpressionError? Check(WrittenPattern pattern)
    {
        try
        {
            _ = Of(pattern.Text, pattern.At);
            return null;
        }
        catch (ExpressionException broken)
        {
            return broken.Error;
        }
    }

    private static Regex Compile(string pattern, Position at)
    {
        if (pattern.Length > LongestPattern)
        {
            throw Failure.Pattern(at, $"The pattern has more than {LongestPattern} characters.");
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        catch (NotSupportedException)
        {
            throw Failure.Pattern(at, "The pattern is too large, or uses look-around, a back reference or an atomic group.");
        }
        catch (ArgumentException error)
        {
            throw Failure.Pattern(at, $"The pattern cannot be read: {error.Message}");
        }
    }
}
