using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Runs;

namespace Executor.Actors.Journal;

/// <summary>A slot as <c>["build",1,-1,1]</c>: it stands in most events, so it is kept short.</summary>
internal sealed class SlotJson : JsonConverter<Slot>
{
    public override Slot Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Expect(ref reader, JsonTokenType.StartArray, advance: false);
        Expect(ref reader, JsonTokenType.String);
        var task = reader.GetString()!;
        var slot = new Slot(task, Number(ref reader), Number(ref reader), Number(ref reader));
        Expect(ref reader, JsonTokenType.EndArray);
        return slot;
    }

    public override void Write(Utf8JsonWriter writer, Slot value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Task);
        writer.WriteNumberValue(value.Visit);
        writer.WriteNumberValue(value.Item);
        writer.WriteNumberValue(value.Attempt);
        writer.WriteEndArray();
    }

    private static int Number(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        return reader.GetInt32();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token, bool advance = true)
    {
        if ((advance && !reader.Read()) || reader.TokenType != token)
        {
            throw new JsonException($"A slot is [task, visit, item, attempt]; expected {token}, came {reader.TokenType}.");
        }
    }
}
