using System.Text;

namespace Executor.Core.Values;

/// <summary>
/// No NUL and no half of a surrogate pair can be kept by every store or comes back from it as it was. What others said
/// must not make an entry or a batch fail for ever, so they become the replacement character.
/// </summary>
public static class StorableText
{
    private const char Replacement = '\uFFFD';

    /// <returns>The very text when nothing had to be replaced.</returns>
    public static string Of(string text) => Is(text) ? text : Replace(text);

    /// <summary>Nothing in it has to be replaced.</summary>
    public static bool Is(string text)
    {
        if (text.Contains('\0'))
        {
            return false;
        }

        var place = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (; place >= 0 && place < text.Length; place++)
        {
            if (!char.IsSurrogate(text[place]))
            {
                continue;
            }

            if (place + 1 == text.Length || !char.IsSurrogatePair(text[place], text[place + 1]))
            {
                return false;
            }

            place++;
        }

        return true;
    }

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
