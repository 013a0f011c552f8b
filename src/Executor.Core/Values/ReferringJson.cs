using System.Text.Json;
using System.Text.Json.Serialization;

namespace Executor.Core.Values;

/// <summary>
/// Values as JSON where some of them may stand for results that lie elsewhere: in the journal and between nodes. What
/// comes from outside is never read so, because nobody outside may refer to anything.
/// </summary>
public sealed class ReferringJson : JsonConverter<Value>
{
    public override bool HandleNull => true;

    public override bool CanConvert(Type typeToConvert) => typeof(Value).IsAssignableFrom(typeToConvert);

    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ValueJson.ReadFrom(ref reader, refers: true);

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) =>
        ValueJson.WriteTo(writer, value, refers: true);
}
