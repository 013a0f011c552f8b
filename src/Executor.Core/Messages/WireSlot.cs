using System.Text.Json;
using System.Text.Json.Serialization;
using Executor.Core.Runs;

namespace Executor.Core.Messages;

/// <summary>A slot as <c>{"task":"build","visit":1,"item":null,"attempt":1}</c>.</summary>
internal sealed class WireSlot : JsonConverter<Slot>
{
    public override Slot Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A slot is an object.");
        }

        string? task = null;
        int? visit = null, attempt = null, item = null;
        var hasItem = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString();
            reader.Read();
            switch (member)
            {
                case "task":
                    task = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    break;
                case "visit":
                    visit = Number(ref reader);
                    break;
                case "item":
                    hasItem = true;
                    item = reader.TokenType == JsonTokenType.Null ? Slot.NoItem : Number(ref reader);
                    break;
                case "attempt":
                    attempt = Number(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return task is not null && visit is { } visits && hasItem && item is { } place && attempt is { } attempts
            ? new Slot(task, visits, place, attempts)
            : throw new JsonException("A slot has a task, a visit, an item (or null) and an attempt.");
    }

    public override void Write(Utf8JsonWriter writer, Slot value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("task", value.Task);
        writer.WriteNumber("visit", value.Visit);
        if (value.Item == Slot.NoItem)
        {
            writer.WriteNull("item");
        }
        else
        {
            writer.WriteNumber("item", value.Item);
        }

        writer.WriteNumber("attempt", value.Attempt);
        writer.WriteEndObject();
    }

    private static int? Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null;
}
