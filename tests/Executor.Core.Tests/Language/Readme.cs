using Executor.Core.Tests.House;

namespace Executor.Core.Tests.Language;

/// <summary>Chapters of the README.</summary>
internal static class Readme
{
    /// <param name="heading">As it stands there, with its marks; the chapter ends at the next one of its rank, or of a higher one.</param>
    public static string Chapter(string heading)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var start = text.IndexOf($"\n{heading}\n", StringComparison.Ordinal) + 1;
        var rank = heading.IndexOf(' ', StringComparison.Ordinal);
        var ends = Enumerable.Range(2, rank - 1).Select(marks => $"\n{new string('#', marks)} ")
            .Select(mark => text.IndexOf(mark, start, StringComparison.Ordinal)).Where(at => at > 0);
        return start > 0
            ? text[start..ends.DefaultIfEmpty(text.Length).Min()]
            : throw new InvalidOperationException($"The README has no chapter '{heading}'.");
    }
}
