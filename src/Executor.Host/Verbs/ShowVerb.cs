using System.CommandLine;
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
        var command = new Command("show", "Shows one run as its journal tells it; needs no server.")
        {
            run, data, output,
        };
        command.SetAction(async (parsed, stop) =>
        {
            using var directory = DataDirectory.Read(parsed.GetRequiredValue(data));
            await using var stores = await directory.OpenAsync();
            var archive = new RunArchive(stores);
            var found = await archive.FindAsync(parsed.GetRequiredValue(run), stop);
            var report = new RunReport(found, await archive.DispatchesAsync(found.Id, stop));
            ResultText.Write(
                parsed.GetValue(output) == "json" ? ResultText.Json(report.WriteJson) : report.ForPeople());
            return ExitCode.Completed;
        });
        return command;
    }
}
