using System.CommandLine;
using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;
using Executor.Host.Settings;
using Executor.Host.Watching;

namespace Executor.Host.Verbs;

/// <summary>Runs once more what a run that has ended was started with, or a part of what it did.</summary>
internal static class RerunVerb
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "The run, or in a data directory the beginning of its id." };
        var from = new Option<string[]>("--from")
        {
            Description = "Only this task runs again, as often as given, with all that came of it; what the others did is kept.",
            HelpName = "TASK",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => [],
        };
        var failedItems = new Option<bool>("--failed-items")
        {
            Description = "Of the tasks whose items did not all succeed only those items run again, and all that came of them.",
        };
        var data = CommonOptions.Data();
        var output = CommonOptions.Output("table", "json");
        var command = new Command(
            "rerun",
            "Runs once more what a run that has ended was started with: the same workflow, also where another is stored "
            + "under its name by now, and the same inputs; from the start, unless a part is named. It is a new run, which "
            + "names the old one as its origin. "
            + WorkerSettings.Help)
        {
            run, from, failedItems, data, output, ServerOptions.Server,
        };
        command.SetAction(async (parsed, _) =>
        {
            var json = parsed.GetValue(output) == "json";
            var origin = parsed.GetRequiredValue(run);
            var request = new RerunRequest([.. parsed.GetRequiredValue(from)], parsed.GetValue(failedItems));
            using var server = ServerOptions.Client(parsed);
            return await Interruption.HeedAsync(interruption => server is null
                ? RerunAsync(
                    origin, request, parsed.GetRequiredValue(data), json, parsed.GetValue(CommonOptions.Debug), interruption)
                : RerunAtAsync(server, origin, request, json, interruption));
        });
        return command;
    }

    private static async Task<int> RerunAsync(
        string origin, RerunRequest request, string path, bool json, bool debug, Interruption interruption)
    {
        var settings = HostSettings.Read(HostSettings.Run, SettingsReader.Environment());
        using var existing = DataDirectory.Read(path);
        using var data = DataDirectory.Hold(path);
        var audience = new Audience();
        var run = RunIds.New();
        await using var node = await Composition.StartAsync(
            data, WorkerSettings.Read(settings), LimitSettings.Read(settings), LimitSettings.InlineResultOf(settings), audience, debug, other => other == run,
            interruption.Forced);
        var archive = new RunArchive(node.Stores);
        var found = await archive.FindAsync(origin, interruption.Forced);
        var (again, impossible) = await Rerun.OfAsync(node.Stores.Journal, found.Id, request, interruption.Forced);
        if (again is null)
        {
            return Refusals.Say(impossible!, json);
        }

        if (node.Origins.Of(found.Id) is { } directory)
        {
            node.Origins.Note(run, directory);
        }

        var accepted = await Starting.HereAsync(node, run, interruption, stop => node.Engine.StartRunAsync(
            run, again.Workflow, again.Inputs, node.Engine.Limits, requestKey: null, stop, again.Origin));
        if (accepted is null)
        {
            return ExitCode.Interrupted;
        }

        if (accepted.Refusal is { } refusal)
        {
            node.Origins.Forget(run);
            return Refusals.Say(refusal, json);
        }

        Talk.Line($"run {run} of {again.Workflow.Ref}, once more what run {found.Id} was");
        Talk.Line($"worker in this process: {node.WorkerName}; data: {data.Path}");
        if (await new Following(node, audience, interruption).ToEndAsync(run) is not { } ended)
        {
            Leaving.Here(run, interruption);
            return ExitCode.Interrupted;
        }

        await node.Engine.FlushAsync();
        Write(new RunReport(ended, await archive.DispatchesAsync(run, CancellationToken.None)), json);
        return Verdict.Of(ended, interruption);
    }

    private static async Task<int> RerunAtAsync(
        ApiClient server, string origin, RerunRequest request, bool json, Interruption interruption)
    {
        RunId? started;
        try
        {
            started = await Starting.AtServerAsync(
                interruption, stop => RemoteStart.AgainAsync(server, origin, request, stop));
        }
        catch (Refused refused) when (refused.Status is StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity)
        {
            return Refusals.Say(refused, json);
        }

        if (started is not { } run)
        {
            return ExitCode.Interrupted;
        }

        Talk.Line($"run {run}, once more what run {origin} was; server: {server.Server}");
        if (await new RemoteFollowing(server, interruption, isOurs: true).ToEndAsync(run) is not { } ended)
        {
            Leaving.AtServer(run, interruption);
            return ExitCode.Interrupted;
        }

        Write(new RunReport(ended, await new RemoteRuns(server).DispatchesAsync(run, CancellationToken.None)), json);
        return Verdict.Of(ended, interruption);
    }

    private static void Write(RunReport report, bool json) =>
        ResultText.Write(json ? ResultText.Json(report.WriteJson) : report.ForPeople());
}
