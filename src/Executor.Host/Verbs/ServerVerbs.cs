using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Executor.Core.Runs;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>What only a server can do: watch, cancel, store workflows, show its workers and nodes.</summary>
internal static class ServerVerbs
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Watch()
    {
        var run = new Argument<string>("RUN") { Description = "The run's id." };
        var command = new Command(
            "watch", "Shows a run of a server until it ends; Ctrl-C leaves it running. Exit codes as of run.")
        {
            run, ServerOptions.Server,
        };
        command.SetAction(async (parsed, _) =>
        {
            using var server = Required(parsed);
            using var interruption = new Interruption();
            var ended = await new RemoteFollowing(server, interruption, isOurs: false)
                .ToEndAsync(new RunId(parsed.GetRequiredValue(run)));
            return ended is null ? ExitCode.Interrupted : Verdict.Of(ended, interruption);
        });
        return command;
    }

    public static Command Cancel()
    {
        var run = new Argument<string>("RUN") { Description = "The run's id." };
        var reason = new Option<string?>("--reason") { Description = "For people.", HelpName = "TEXT" };
        var command = new Command("cancel", "Asks a run of a server to end.") { run, reason, ServerOptions.Server };
        command.SetAction(async (parsed, stop) =>
        {
            using var server = Required(parsed);
            var id = Uri.EscapeDataString(parsed.GetRequiredValue(run));
            await server.PostAsync(
                $"runs/{id}/cancel", new JsonObject { ["reason"] = parsed.GetValue(reason) }, null, stop);
            Talk.Line($"run {id} was asked to end");
            return ExitCode.Completed;
        });
        return command;
    }

    public static Command Workflows()
    {
        var command = List(
            "workflows", "Lists the workflows that a server has stored; or stores one.",
            ["ref", "number", "version", "stored_at", "stored_by"],
            (server, stop) => PagesAsync(server, "workflows?limit=200", "after", "workflows", stop));
        command.Subcommands.Add(Store());
        return command;
    }

    public static Command Cluster() => List(
        "cluster", "Lists the nodes of a server's cluster, as that node sees them.",
        ["address", "status", "is_reachable", "roles"],
        async (server, stop) => (await server.GetAsync("cluster", stop))["members"]!.AsArray());

    public static Command Workers() => List(
        "workers", "Lists the workers that a server hears of: alive, late, or gone.",
        ["id", "state", "pools", "running", "capacity", "host", "version", "started_at", "last_seen"],
        async (server, stop) => (await server.GetAsync("workers", stop))["workers"]!.AsArray());

    /// <param name="columns">Of the table for people: members of a row.</param>
    private static Command List(
        string name, string description, string[] columns, Func<ApiClient, CancellationToken, Task<JsonArray>> rows)
    {
        var output = CommonOptions.Output("table", "json");
        var command = new Command(name, description) { output, ServerOptions.Server };
        command.SetAction(async (parsed, stop) =>
        {
            using var server = Required(parsed);
            Write(await rows(server, stop), parsed.GetValue(output), columns);
            return ExitCode.Completed;
        });
        return command;
    }

    private static Command Store()
    {
        var file = new Argument<string>("FILE") { Description = "The workflow file; it names itself with 'ref'." };
        var command = new Command("store", "Stores a workflow under its name, whole or not at all.")
        {
            file, ServerOptions.Server,
        };
        command.SetAction(async (parsed, stop) =>
        {
            using var server = Required(parsed);
            var path = parsed.GetRequiredValue(file);
            try
            {
                var stored = await server.PostTextAsync("workflows", WorkflowFile.Text(path), stop);
                Tell(path, stored["warnings"]?.AsArray() ?? []);
                Talk.Line($"{stored["ref"]} is stored as number {stored["number"]}");
                return ExitCode.Completed;
            }
            catch (Refused refused) when (refused.Problems.Count > 0)
            {
                Tell(path, refused.Problems);
                return ExitCode.Unusable;
            }
        });
        return command;
    }

    private static void Tell(string path, IEnumerable<JsonNode?> problems)
    {
        foreach (var problem in problems)
        {
            Talk.Problem(
                (string)problem!["severity"]!, (string)problem["code"]!, (string)problem["message"]!,
                $"{path}:{problem["line"]}:{problem["column"]}", (string?)problem["advice"]);
        }
    }

    private static ApiClient Required(ParseResult parsed) => ServerOptions.Client(parsed) ?? throw new Unusable(
        "cli.server", "no server is named", $"write --server URL, or set {ServerOptions.AddressVariable}");

    private static async Task<JsonArray> PagesAsync(
        ApiClient server, string path, string cursor, string list, CancellationToken stop)
    {
        var all = new JsonArray();
        for (var next = ""; next is not null;)
        {
            var page = await server.GetAsync(
                next.Length == 0 ? path : $"{path}&{cursor}={Uri.EscapeDataString(next)}", stop);
            foreach (var one in page[list]!.AsArray())
            {
                all.Add(one!.DeepClone());
            }

            next = (string?)page["next"];
        }

        return all;
    }

    private static void Write(JsonArray rows, string? form, string[] columns)
    {
        if (form == "json")
        {
            ResultText.Write(rows.ToJsonString(Indented));
            return;
        }

        var table = new Columns([.. columns.Select(column => column.Replace('_', ' '))]);
        foreach (var row in rows)
        {
            table.Add([.. columns.Select(column => row![column] is JsonArray list ? string.Join(' ', list) : row[column]?.ToString())]);
        }

        ResultText.Write(table.ToString());
    }
}
