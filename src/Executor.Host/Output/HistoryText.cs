using System.Globalization;
using System.Text;
using System.Text.Json;
using Executor.Core;

namespace Executor.Host.Output;

/// <summary>Entries of a journal, for people and for programs.</summary>
internal static class HistoryText
{
    private const int LongestEvent = 400;

    /// <summary>Entries are JSON already; each gets its number.</summary>
    public static string Json(IReadOnlyList<JournalRow> rows) => ResultText.Json(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            using var entry = JsonDocument.Parse(row.Payload);
            json.WriteStartObject();
            json.WriteNumber("sequence", row.Sequence);
            foreach (var member in entry.RootElement.EnumerateObject())
            {
                member.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static string ForPeople(IReadOnlyList<JournalRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            using var entry = JsonDocument.Parse(row.Payload);
            var at = row.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"#{row.Sequence}  {at}\n");
            if (entry.RootElement.GetProperty("events").GetArrayLength() == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"    goes on at {entry.RootElement.GetProperty("node").GetString()}\n");
            }

            foreach (var happened in entry.RootElement.GetProperty("events").EnumerateArray())
            {
                var member = happened.EnumerateObject().First();
                text.Append("    ").Append(member.Name).Append("  ")
                    .Append(SafeText.Short(member.Value.GetRawText(), LongestEvent)).Append('\n');
            }
        }

        return text.ToString();
    }
}
