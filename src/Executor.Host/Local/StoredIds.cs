using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Host.Local;

/// <summary>The large results that a journal entry refers to.</summary>
internal static class StoredIds
{
    /// <summary>More than any value nests.</summary>
    private const int Deepest = 2_048;

    public static IReadOnlyList<string> In(ReadOnlyMemory<byte> payload)
    {
        var ids = new List<string>();
        var reader = new Utf8JsonReader(payload.Span, new JsonReaderOptions { MaxDepth = Deepest });
        while (reader.Read())
        {
            if (IsName(ref reader, "$stored"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && IsName(ref reader, "id"u8) && reader.Read() && reader.TokenType == JsonTokenType.String
                && reader.GetString() is { } id && StoredResult.IsId(id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static bool IsName(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name);
}
