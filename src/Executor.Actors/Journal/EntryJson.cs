using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Executor.Core.Runs;

namespace Executor.Actors.Journal;

/// <summary>Journal entries as JSON: <c>{"node":…,"incarnation":…,"at":…,"events":[{"dispatched":{…}},…]}</c>.</summary>
internal sealed class EntryJson
{
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 600 };

    private readonly RunEventJson _events = new(new WorkflowCache(capacity: 64));

    public byte[] Write(JournalEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + (entry.Events.Length * 192));
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("node", entry.Node);
            writer.WriteString("incarnation", entry.Incarnation);
            writer.WriteString("at", entry.At);
            writer.WriteStartArray("events");
            foreach (var happened in entry.Events)
            {
                _events.Write(writer, happened, JsonSerializerOptions.Default);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="SerializationException">Not an entry, or one with an event unknown to this version.</exception>
    public JournalEntry Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Deep);
            reader.Read();
            return ReadEntry(ref reader);
        }
        catch (JsonException wrong)
        {
            throw new SerializationException("A journal entry cannot be read: " + wrong.Message, wrong);
        }
    }

    private JournalEntry ReadEntry(ref Utf8JsonReader reader)
    {
        var (node, incarnation, at) = (string.Empty, string.Empty, default(DateTimeOffset));
        ImmutableArray<RunEvent> events = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "node":
                    node = reader.GetString()!;
                    break;
                case "incarnation":
                    incarnation = reader.GetString()!;
                    break;
                case "at":
                    at = reader.GetDateTimeOffset();
                    break;
                case "events":
                    events = ReadEvents(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new JournalEntry(events, node, incarnation, at);
    }

    private ImmutableArray<RunEvent> ReadEvents(ref Utf8JsonReader reader)
    {
        var events = ImmutableArray.CreateBuilder<RunEvent>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            events.Add(_events.Read(ref reader, typeof(RunEvent), JsonSerializerOptions.Default));
        }

        return events.DrainToImmutable();
    }
}
