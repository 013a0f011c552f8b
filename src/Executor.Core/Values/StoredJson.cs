using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Executor.Core.Values;

/// <summary>
/// References among values: <c>{"$stored":{"id":…,"bytes":…,"kind":…,"weight":…,"depth":…}}</c>. An object of somebody
/// else that looks like one gets a dollar more where both must be told apart, and loses it again when it is read.
/// </summary>
internal static class StoredJson
{
    private const string Key = "$stored";

    public static void Write(Utf8JsonWriter writer, StoredResult stored)
    {
        writer.WriteStartObject();
        writer.WriteStartObject(Key);
        writer.WriteString("id", stored.Id);
        writer.WriteNumber("bytes", stored.Bytes);
        writer.WriteString("kind", stored.Kind);
        writer.WriteNumber("weight", stored.Weight);
        writer.WriteNumber("depth", stored.Depth);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>As values show it.</summary>
    public static Value.Map MapOf(StoredResult stored) => new(
    [
        KeyValuePair.Create<string, Value>(Key, new Value.Map(
        [
            KeyValuePair.Create("id", Value.Of(stored.Id)),
            KeyValuePair.Create("bytes", Value.Of(stored.Bytes)),
            KeyValuePair.Create("kind", Value.Of(stored.Kind)),
            KeyValuePair.Create("weight", Value.Of(stored.Weight)),
            KeyValuePair.Create("depth", Value.Of(stored.Depth)),
        ])),
    ]);

    /// <summary>The only key of an object that could be taken for a reference.</summary>
    public static bool LooksLikeOne(Value.Map map) =>
        map.Count == 1 && map.Entries[0].Key is ['$', ..] key && key.AsSpan().TrimStart('$') is "stored";

    public static string Escaped(string key) => "$" + key;

    /// <summary>Of an object that was written where references are: what it was.</summary>
    public static Value Read(Value.Map written)
    {
        if (!LooksLikeOne(written))
        {
            return written;
        }

        var (key, content) = written.Entries[0];
        return key != Key ? new Value.Map([KeyValuePair.Create(key[1..], content)])
            : TryRead(content, out var stored) ? new Value.Stored(stored)
            : written;
    }

    private static bool TryRead(Value content, [NotNullWhen(true)] out StoredResult? stored)
    {
        stored = content is Value.Map { Count: 5 } map
            && map.TryGet("id", out var id) && id is Value.Text { Content: var text } && StoredResult.IsId(text)
            && map.TryGet("bytes", out var bytes) && bytes is Value.Int { Content: > 0 and var size }
            && map.TryGet("kind", out var kind) && kind is Value.Text { Content: "string" or "array" or "object" } word
            && map.TryGet("weight", out var weight) && weight is Value.Int { Content: > 0 and var heavy }
            && map.TryGet("depth", out var depth) && depth is Value.Int { Content: >= 0 and <= int.MaxValue and var deep }
            ? new StoredResult(text, size, word.Content, heavy, (int)deep)
            : null;
        return stored is not null;
    }
}
