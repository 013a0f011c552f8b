using System.Buffers;
using System.Text.Json;
using Executor.Actors.Journal;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Host.Local;

/// <summary>Journal entries with only the events that are about one task.</summary>
internal sealed class TaskEntries(string task)
{
    private readonly JournalCodec _codec = new();

    /// <returns>Null when no event of the entry is about the task.</returns>
    public JournalRow? Of(JournalRow row)
    {
        var places = _codec.Read(row).Events.Select((happened, place) => (happened, place))
            .Where(one => EventTasks.Of(one.happened).Contains(task)).Select(one => one.place).ToHashSet();
        return places.Count == 0 ? null : row with { Payload = Only(row, places) };
    }

    private static ReadOnlyMemory<byte> Only(JournalRow row, HashSet<int> places)
    {
        using var entry = JsonDocument.Parse(row.Payload);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in entry.RootElement.EnumerateObject())
            {
                if (member.NameEquals("events"))
                {
                    json.WriteStartArray(member.Name);
                    foreach (var (happened, place) in member.Value.EnumerateArray().Select((one, place) => (one, place)))
                    {
                        if (places.Contains(place))
                        {
                            happened.WriteTo(json);
                        }
                    }

                    json.WriteEndArray();
                }
                else
                {
                    member.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
