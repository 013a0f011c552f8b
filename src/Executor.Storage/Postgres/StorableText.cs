using System.Text;

namespace Executor.Storage.Postgres;

/// <summary>
/// PostgreSQL keeps no NUL and no half of a surrogate pair in a text. What a foreign worker said must not make a batch
/// fail for ever, so they become the replacement character, as in every other lossy reading.
/// </summary>
internal static class StorableText
{
    private const char Replacement = '\uFFFD';

    public static string? Of(string? text) => text is null || IsStorable(text) ? text : Replace(text);

    private static bool IsStorable(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains('\0');

    private static string Replace(string text)
    {
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            storable.Append(rune.Value == 0 ? Replacement.ToString() : rune.ToString());
        }

        return storable.ToString();
    }
}
