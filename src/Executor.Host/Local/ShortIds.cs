namespace Executor.Host.Local;

/// <summary>Ids as people type them: the beginning of only one is as good as the whole.</summary>
internal static class ShortIds
{
    /// <summary>One more than are shown.</summary>
    public const int MostWanted = MostShown + 1;

    private const int MostShown = 5;

    /// <param name="found">Those that begin with it, two at least.</param>
    public static Unusable Ambiguous(string code, string what, string text, IEnumerable<string> found)
    {
        var candidates = found.Take(MostWanted).ToList();
        var more = candidates.Count == MostWanted ? ", …" : "";
        return new Unusable(
            code, $"several {what} begin with '{text}': {string.Join(", ", candidates.Take(MostShown))}{more}",
            "write more of the id");
    }
}
