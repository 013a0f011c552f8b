using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Runs;

namespace Executor.Core.Messages;

internal sealed class WireDispatchId : JsonConverter<DispatchId>
{
    public override DispatchId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: 32 } text
            ? new DispatchId(text)
            : throw new JsonException("A dispatch id is a text of 32 hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, DispatchId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
