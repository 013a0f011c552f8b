using System.Globalization;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Explaining;

/// <summary>Words that several sentences share.</summary>
internal static class Wording
{
    private const int LongestCondition = 200;

    /// <summary>To the second, in UTC.</summary>
    public static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary>Numbered from 1, with its condition: <c>transition 2 (when failed())</c>.</summary>
    public static string Transition(TaskSpec task, int place) =>
        task.Next[place].When is { } when ? $"transition {place + 1} (when {Short(when.Source)})" : $"transition {place + 1}";

    /// <summary>Begins with a blank; empty when nothing was seen.</summary>
    public static string Saw(string saw) => saw.Length > 0 ? $" It saw {saw}." : "";

    public static string Targets(TransitionSpec transition) =>
        transition.Do.IsEmpty ? "led nowhere" : $"led to {string.Join(", ", transition.Do)}";

    /// <summary>What ended badly tells why.</summary>
    public static string End(RunEvent.VisitEnded ended) =>
        StatusWords.Of(ended.Status) + (ended.Error is { } error ? $": {error.TrimEnd('.')}" : "");

    public static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    private static string Short(string source)
    {
        var line = source.Trim().ReplaceLineEndings(" ");
        return line.Length > LongestCondition ? line[..LongestCondition] + "…" : line;
    }
}
