using System.Text.Json;
using System.Text.Json.Serialization;

namespace Executor.Core.Messages;

/// <summary>Durations as seconds with as many decimals as they have.</summary>
internal sealed class WireSeconds : JsonConverter<TimeSpan>
{
    private const decimal Most = 10_000_000_000m;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var seconds) && seconds is >= 0 and <= Most
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : throw new JsonException("A duration is a number of seconds, not negative.");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((decimal)value.Ticks / TimeSpan.TicksPerSecond);
}
