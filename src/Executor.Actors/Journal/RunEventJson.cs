using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Runs;

namespace Executor.Actors.Journal;

/// <summary>An event under its name: <c>{"dispatched":{…}}</c>.</summary>
internal sealed class RunEventJson(WorkflowCache cache) : JsonConverter<RunEvent>
{
    private readonly EventJson _events = EventJson.With(cache);

    public override void Write(Utf8JsonWriter writer, RunEvent value, JsonSerializerOptions options)
    {
        var type = value.GetType();
        var name = EventNames.NameOf(type)
            ?? throw new SerializationException($"Event {type.Name} has no name in the journal.");
        writer.WriteStartObject();
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, _events.GetTypeInfo(type)!);
        writer.WriteEndObject();
    }

    public override RunEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        var name = reader.GetString()!;
        var type = EventNames.TypeOf(name)
            ?? throw new SerializationException($"Event '{name}' is unknown to this version.");
        reader.Read();
        var happened = (RunEvent)JsonSerializer.Deserialize(ref reader, _events.GetTypeInfo(type)!)!;
        reader.Read();
        return happened;
    }
}
