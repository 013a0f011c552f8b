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
    /// <summary>What is nested deeper stands in the journal, which reads deeper values than a stored one may be.</summary>
    private const int MostDepth = 500;

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MostDepth + 1,
        SkipValidation = true,
    };

    /// <summary>Only what is neither empty nor a scalar can be: so whether it is true is known without it.</summary>
    /// <param name="limit">Bytes of JSON up to which a result stands in the journal.</param>
    public static bool Is(Value result, int limit) =>
        result is Value.Text or Value.List or Value.Map && result.IsTruthy && !result.HasStored
        && JsonLength.Exceeds(result, limit);

    /// <summary>As expressions see it: see <see cref="ResultView"/>.</summary>
    /// <returns>Null when it cannot be written as JSON, which no journal would take either, or is nested too deep.</returns>
    public static (StoredResult Reference, ReadOnlyMemory<byte> Json)? Write(Value result)
    {
        var seen = ResultView.Of(result);
        if (seen.Depth > MostDepth)
        {
            return null;
        }

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
    public static Value Read(string id, ReadOnlyMemory<byte> json)
    {
        if (IdOf(json) != id)
        {
            throw new InvalidDataException($"What is stored as result {id} is something else.");
        }

        try
        {
            return ValueJson.Parse(json.Span);
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"What is stored as result {id} cannot be read.", unreadable);
        }
    }

    private static string IdOf(ReadOnlyMemory<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json.Span));
}
