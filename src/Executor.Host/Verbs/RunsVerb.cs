using System.CommandLine;
using System.Globalization;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Lists the runs of a data directory.</summary>
internal static class RunsVerb
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var output = CommonOptions.Output("table", "json");
        var limit = CheckedOptions.Limit("How many, newest first.", most: 100_000, usual: 50);
        var command = new Command("runs", "Lists the runs of a data directory or a server, newest first.")
        {
            data, limit, output, ServerOptions.Server,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var most = parsed.GetValue(limit);
            using var server = ServerOptions.Client(parsed);
            var rows = server is null
                ? await LocalAsync(parsed.GetRequiredValue(data), most, stop)
                : await RemoteList.RunsAsync(server, most, stop);
            ResultText.Write(parsed.GetValue(output) == "json" ? Json(rows) : ForPeople(rows));
            return ExitCode.Completed;
        });
        return command;
    }

    private static async Task<IReadOnlyList<RunRow>> LocalAsync(string path, int most, CancellationToken stop)
    {
        using var directory = DataDirectory.Read(path);
        await using var stores = await directory.OpenAsync();
        return await new RunArchive(stores).ListAsync(most, stop);
    }

    private static string ForPeople(IReadOnlyList<RunRow> rows)
    {
        var table = new Columns("run", "workflow", "status", "started", "took", "current", "failed");
        foreach (var row in rows)
        {
            table.Add(
                row.Id.Text, row.Workflow, StatusWords.Of(row.Status),
                row.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                row.EndedAt is { } ended ? Elapsed.Text(ended - row.StartedAt) : "",
                string.Join(' ', row.CurrentTasks), string.Join(' ', row.FailedTasks));
        }

        return table.ToString();
    }

    private static string Json(IReadOnlyList<RunRow> rows) => ResultText.Json(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("run_id", row.Id.Text);
            json.WriteString("workflow", row.Workflow);
            json.WriteString("status", StatusWords.Of(row.Status));
            RunJson.WriteNames(json, "current_tasks", row.CurrentTasks);
            RunJson.WriteNames(json, "completed_tasks", row.CompletedTasks);
            RunJson.WriteNames(json, "failed_tasks", row.FailedTasks);
            RunJson.WriteNames(json, "skipped_tasks", row.SkippedTasks);
            json.WriteString("error", row.Error);
            RunJson.WriteCaller(json, row.Parent?.Run, row.Parent?.Slot ?? default);
            json.WriteString("origin", row.Origin?.Text);
            json.WriteString("started_at", RunJson.Time(row.StartedAt));
            json.WriteString("ended_at", RunJson.Time(row.EndedAt));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
