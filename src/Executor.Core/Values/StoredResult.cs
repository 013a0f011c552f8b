namespace Executor.Core.Values;

/// <summary>Where a result lies that is too large for the journal, and what can be said of it without reading it.</summary>
/// <param name="Id">
/// SHA-256 of its JSON as 64 lower-case hexadecimal digits: the same content has the same id.
/// </param>
/// <param name="Bytes">Of its JSON in UTF-8.</param>
/// <param name="Kind">string, array or object; what is empty is never stored.</param>
/// <param name="Weight">As <see cref="Value.Weight"/> of the content.</param>
/// <param name="Depth">As <see cref="Value.Depth"/> of the content.</param>
public sealed record StoredResult(string Id, long Bytes, string Kind, long Weight, int Depth)
{
    private const int Digits = 64;

    public static bool IsId(string text) =>
        text.Length == Digits && text.All(letter => char.IsAsciiDigit(letter) || letter is >= 'a' and <= 'f');
}
