using System.CommandLine;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Shows one run as its journal tells it.</summary>
internal static class ShowVerb
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "The run, or the beginning of its id." };
        var data = CommonOptions.Data();
        var output = CommonOptions.Output("table", "json");
        var tree = new Option<bool>("--tree") { Description = "Shows the runs that it has called instead, and those that these have called." };
        var result = new Option<string>("--result")
        {
            Description = "Prints this result instead, which is too large for the journal; the history shows its id in '$stored', of which the beginning will do.",
            HelpName = "ID",
        };
        var command = new Command("show", "Shows one run as its journal tells it, in a data directory or on a server.")
        {
            run, tree, result, data, output, ServerOptions.Server,
        };
        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(tree))
            {
                await using var journal = await RunJournal.OpenAsync(
                    parsed, parsed.GetRequiredValue(run), parsed.GetRequiredValue(data), stop);
                var family = await RunTree.OfAsync(journal.Run, one => journal.EntriesOfAsync(one, stop));
                ResultText.Write(
                    parsed.GetValue(output) == "json" ? ResultText.Json(family.WriteJson) : family.ForPeople());
                return ExitCode.Completed;
            }

            if (parsed.GetValue(result) is { } wanted)
            {
                await using var journal = await RunJournal.OpenAsync(
                    parsed, parsed.GetRequiredValue(run), parsed.GetRequiredValue(data), stop);
                var value = await journal.FindResultAsync(wanted, stop);
                ResultText.WriteJson(json => ValueJson.WriteTo(json, value));
                return ExitCode.Completed;
            }

            using var server = ServerOptions.Client(parsed);
            if (server is not null)
            {
                var id = new RunId(parsed.GetRequiredValue(run));
                var runs = new RemoteRuns(server);
                Write(new RunReport(await runs.StateAsync(id, stop), await runs.DispatchesAsync(id, stop)), parsed.GetValue(output));
                return ExitCode.Completed;
            }

            using var directory = DataDirectory.Read(parsed.GetRequiredValue(data));
            await using var stores = await directory.OpenAsync();
            var archive = new RunArchive(stores);
            var found = await archive.FindAsync(parsed.GetRequiredValue(run), stop);
            Write(new RunReport(found, await archive.DispatchesAsync(found.Id, stop)), parsed.GetValue(output));
            return ExitCode.Completed;
        });
        return command;
    }

    private static void Write(RunReport report, string? form) =>
        ResultText.Write(form == "json" ? ResultText.Json(report.WriteJson) : report.ForPeople());
}
