using Executor.Core.Values;

namespace Executor.Worker.Attempts;

/// <summary>Whether a value can travel and be stored: finite, whole text, not too large or too deep.</summary>
internal static class ResultCheck
{
    private const int Deepest = 128;

    /// <returns>Code and sentence, or null when all is well.</returns>
    public static (string Code, string Sentence)? Problem(Value value, int limit)
    {
        if (Flaw(value, 0) is { } flaw)
        {
            return ("result.invalid", flaw);
        }

        var size = SizeOf(value);
        return size <= limit
            ? null
            : ("result.too-large", $"The result has {size} bytes as JSON; {limit} is the most a message can hold.");
    }

    /// <summary>Bytes as JSON, within a few percent; the depth has been checked.</summary>
    public static int SizeOf(Value value) => value switch
    {
        Value.Text text => SizeOf(text.Content),
        Value.List list => list.Items.Aggregate(2, (sum, item) => checked(sum + SizeOf(item) + 1)),
        Value.Map map => map.Entries.Aggregate(
            2, (sum, entry) => checked(sum + SizeOf(entry.Key) + SizeOf(entry.Value) + 2)),
        Value.Int number => number.Content is > -10 and < 10 ? 2 : 20,
        Value.Float => 24,
        _ => 5,
    };

    public static int SizeOf(string text)
    {
        var size = System.Text.Encoding.UTF8.GetByteCount(text) + 2;
        foreach (var character in text)
        {
            size += character switch
            {
                '"' or '\\' or '\n' or '\r' or '\t' => 1,
                < ' ' => 5,
                _ => 0,
            };
        }

        return size;
    }

    private static string? Flaw(Value value, int depth) => value switch
    {
        _ when depth > Deepest => $"The result is nested deeper than {Deepest} levels.",
        Value.Float number when !double.IsFinite(number.Content) => "The result holds a number that JSON cannot write.",
        Value.Text text when !StorableText.Is(text.Content) => "The result holds a text with a NUL or half a character.",
        Value.List list => list.Items.Select(item => Flaw(item, depth + 1)).FirstOrDefault(flaw => flaw is not null),
        Value.Map map => map.Entries
            .Select(entry => StorableText.Is(entry.Key)
                ? Flaw(entry.Value, depth + 1)
                : "The result holds a key with a NUL or half a character.")
            .FirstOrDefault(flaw => flaw is not null),
        _ => null,
    };
}
