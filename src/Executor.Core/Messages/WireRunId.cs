using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Runs;

namespace Executor.Core.Messages;

internal sealed class WireRunId : JsonConverter<RunId>
{
    public override RunId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new RunId(reader.GetString()!)
            : throw new JsonException("A run is named by a text.");

    public override void Write(Utf8JsonWriter writer, RunId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
