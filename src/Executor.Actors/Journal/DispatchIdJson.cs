using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Runs;

namespace Executor.Actors.Journal;

internal sealed class DispatchIdJson : JsonConverter<DispatchId>
{
    public override DispatchId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, DispatchId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
