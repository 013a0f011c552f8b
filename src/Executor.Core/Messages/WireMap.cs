using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Values;

namespace Executor.Core.Messages;

internal sealed class WireMap : JsonConverter<Value.Map>
{
    public override Value.Map Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ValueJson.ReadFrom(ref reader) as Value.Map ?? throw new JsonException("Expected an object.");

    public override void Write(Utf8JsonWriter writer, Value.Map value, JsonSerializerOptions options) =>
        ValueJson.WriteTo(writer, value);
}
