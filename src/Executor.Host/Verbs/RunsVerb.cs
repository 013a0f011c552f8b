using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Executor.Core;
using Executor.Core.Runs;
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
        var limit = new Option<int>("--limit")
        {
            Description = "How many, newest first.",
            HelpName = "N",
            DefaultValueFactory = _ => 50,
        };
        var command = new Command("runs", "Lists the runs of a data directory, newest first; needs no server.")
        {
            data, limit, output,
        };
        command.SetAction(async (parsed, stop) =>
        {
            using var directory = DataDirectory.Read(parsed.GetRequiredValue(data));
            await using var stores = await directory.OpenAsync();
            var rows = await new RunArchive(stores).ListAsync(Math.Clamp(parsed.GetValue(limit), 1, 100_000), stop);
            ResultText.Write(parsed.GetValue(output) == "json" ? Json(rows) : ForPeople(rows));
            return ExitCode.Completed;
        });
        return command;
    }

    private static string ForPeople(ImmutableArray<RunRow> rows)
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

    private static string Json(ImmutableArray<RunRow> rows) => ResultText.Json(json =>
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
            json.WriteString("started_at", RunJson.Time(row.StartedAt));
            json.WriteString("ended_at", RunJson.Time(row.EndedAt));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
