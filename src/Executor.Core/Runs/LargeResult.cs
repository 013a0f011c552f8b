using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>Results that are too large for the journal: which they are, how they are written, and how they are read.</summary>
public static class LargeResult
{
    /// <summary>Deeper values are refused where they come from.</summary>
    private const int MostDepth = 1_000;

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MostDepth,
        SkipValidation = true,
    };

    /// <summary>Only what is neither empty nor a scalar can be: so whether it is true is known without it.</summary>
    /// <param name="limit">Bytes of JSON up to which a result stands in the journal.</param>
    public static bool Is(Value result, int limit) =>
        result is Value.Text or Value.List or Value.Map && result.IsTruthy && !result.HasStored
        && JsonLength.Exceeds(result, limit);

    /// <summary>As expressions see it: see <see cref="ResultView"/>.</summary>
    /// <returns>Null when it cannot be written as JSON, which no journal would take either.</returns>
    public static (StoredResult Reference, ReadOnlyMemory<byte> Json)? Write(Value result)
    {
        var seen = ResultView.Of(result);
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        try
        {
            using var writer = new Utf8JsonWriter(buffer, Compact);
            ValueJson.WriteTo(writer, seen);
        }
        catch (Exception unwritable) when (unwritable is ArgumentException or InvalidOperationException)
        {
            return null;
        }

        var json = buffer.WrittenMemory;
        return (new StoredResult(IdOf(json), json.Length, seen.Kind, seen.Weight, seen.Depth), json);
    }

    /// <exception cref="InvalidDataException">Not what was written under this id.</exception>
    public static Value Read(string id, ReadOnlyMemory<byte> json) => IdOf(json) == id
        ? ValueJson.Parse(json.Span)
        : throw new InvalidDataException($"What is stored as result {id} is something else.");

    private static string IdOf(ReadOnlyMemory<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json.Span));
}
