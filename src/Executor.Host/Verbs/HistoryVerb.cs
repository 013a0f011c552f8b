using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Tells every entry of a run's journal with its events, in order.</summary>
internal static class HistoryVerb
{
    private const int LongestEvent = 400;

    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "The run, or the beginning of its id." };
        var data = CommonOptions.Data();
        var output = CommonOptions.Output("text", "json");
        var command = new Command(
            "history", "Tells every entry of a run's journal with its events, in order, in a data directory or on a server.")
        {
            run, data, output, ServerOptions.Server,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var rows = new List<JournalRow>();
            using var server = ServerOptions.Client(parsed);
            if (server is not null)
            {
                var id = new RunId(parsed.GetRequiredValue(run));
                await foreach (var row in new RemoteRuns(server).EntriesAsync(id, after: 0, stop))
                {
                    rows.Add(row);
                }

                ResultText.Write(parsed.GetValue(output) == "json" ? Json(rows) : ForPeople(rows));
                return ExitCode.Completed;
            }

            using var directory = DataDirectory.Read(parsed.GetRequiredValue(data));
            await using var stores = await directory.OpenAsync();
            var archive = new RunArchive(stores);
            var found = await archive.FindAsync(parsed.GetRequiredValue(run), stop);
            await foreach (var row in archive.EntriesAsync(found.Id, stop))
            {
                rows.Add(row);
            }

            ResultText.Write(parsed.GetValue(output) == "json" ? Json(rows) : ForPeople(rows));
            return ExitCode.Completed;
        });
        return command;
    }

    /// <summary>Entries are JSON already; each gets its number.</summary>
    private static string Json(List<JournalRow> rows) => ResultText.Json(json =>
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

    private static string ForPeople(List<JournalRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            using var entry = JsonDocument.Parse(row.Payload);
            var at = row.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"#{row.Sequence}  {at}\n");
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
