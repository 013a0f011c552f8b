using System.Text;
using System.Text.Json;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Host.Output;

namespace Executor.Host.Api.Routes;

/// <summary>
/// A journal entry as its followers get it: what happened to which task and slot, and never what was put in or came out.
/// </summary>
internal static class EventDigest
{
    private static readonly string[] Kept = ["task", "visit", "slot", "status", "due", "code", "fromTask", "fromVisit"];

    /// <returns>One line of JSON.</returns>
    public static string Of(RunId run, JournalRow row)
    {
        using var entry = JsonDocument.Parse(row.Payload);
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("run_id", run.Text);
            json.WriteNumber("sequence", row.Sequence);
            json.WriteString("at", RunJson.Time(entry.RootElement.GetProperty("at").GetDateTimeOffset()));
            json.WriteStartArray("events");
            foreach (var happened in entry.RootElement.GetProperty("events").EnumerateArray())
            {
                WriteEvent(json, happened.EnumerateObject().Single());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void WriteEvent(Utf8JsonWriter json, JsonProperty happened)
    {
        json.WriteStartObject();
        json.WriteString("type", happened.Name);
        foreach (var name in Kept)
        {
            if (happened.Value.TryGetProperty(name, out var value))
            {
                json.WritePropertyName(JsonNamingPolicy.SnakeCaseLower.ConvertName(name));
                value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }
}
