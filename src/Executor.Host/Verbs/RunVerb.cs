using System.CommandLine;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;
using Executor.Host.Settings;
using Executor.Host.Watching;
using Executor.Worker.Runners;

namespace Executor.Host.Verbs;

/// <summary>Runs a workflow to its end, in this process.</summary>
internal static class RunVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The workflow file." };
        var inputs = new InputOptions();
        var data = CommonOptions.Data();
        var output = CommonOptions.Output("table", "json");
        var timeout = CheckedOptions.Duration(
            "--timeout", "Ends the run when it takes longer: seconds, or 90s, 5m, 1h30m.", "5m", Durations.Longest);
        var command = new Command(
            "run",
            "Runs a workflow to its end, with an engine and a worker in this process, or on a server. "
            + "What happens is told on standard error; standard output carries only the result. " + WorkerSettings.Help)
        {
            file, inputs.Single, inputs.File, data, output, timeout, ServerOptions.Server,
        };
        command.SetAction(async (parsed, _) =>
        {
            var json = parsed.GetValue(output) == "json";
            var path = parsed.GetRequiredValue(file);
            var workflow = WorkflowFile.Read(path, CoreActionSpecs.Known);
            if (workflow.Spec is not { } spec || workflow.HasErrors)
            {
                return Refusals.Say(workflow, json);
            }

            var given = inputs.Read(parsed, spec.Parameters);
            var longest = parsed.GetValue(timeout);
            using var server = ServerOptions.Client(parsed);
            if (server is not null)
            {
                return await Interruption.HeedAsync(interruption =>
                    RunAtAsync(server, spec, given, longest, json, interruption));
            }

            spec = spec with { Timeout = spec.Timeout < longest ? spec.Timeout : longest ?? spec.Timeout };
            return await Interruption.HeedAsync(interruption => RunAsync(
                workflow with { Spec = spec }, given, parsed.GetRequiredValue(data), json,
                parsed.GetValue(CommonOptions.Debug), interruption));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        WorkflowFile file, Value.Map inputs, string path, bool json, bool debug, Interruption interruption)
    {
        var workflow = file.Spec!;
        var settings = HostSettings.Read(HostSettings.Run, SettingsReader.Environment());
        var worker = WorkerSettings.Read(settings);
        using var data = DataDirectory.Hold(path);
        var audience = new Audience();
        var run = RunIds.New();
        await using var node = await Composition.StartAsync(
            data, worker, LimitSettings.Read(settings), LimitSettings.InlineResultOf(settings), audience, debug, other => other == run, interruption.Forced);
        if (MayCallFiles(file))
        {
            node.Origins.Note(run, file.Directory);
        }

        var accepted = await Starting.HereAsync(node, run, interruption, stop => node.Engine.StartRunAsync(
            run, workflow, inputs, node.Engine.Limits, requestKey: null, stop));
        if (accepted is null)
        {
            return ExitCode.Interrupted;
        }

        if (accepted.Refusal is { } refusal)
        {
            node.Origins.Forget(run);
            return Refusals.Say(refusal, json);
        }

        Talk.Line($"run {run} of {workflow.Ref}");
        Talk.Line($"worker in this process: {node.WorkerName}; data: {data.Path}");
        var ended = await new Following(node, audience, interruption).ToEndAsync(run);
        if (ended is null)
        {
            Leaving.Here(run, interruption);
            return ExitCode.Interrupted;
        }

        await node.Engine.FlushAsync();
        var report = new RunReport(
            ended, DispatchCounts.Of(await node.Stores.Guard.RowsAsync(run, CancellationToken.None)));
        ResultText.Write(json ? ResultText.Json(report.WriteJson) : report.ForPeople());
        return Verdict.Of(ended, interruption);
    }

    /// <summary>Whatever is no core action may be a file, or a stored workflow that calls one.</summary>
    private static bool MayCallFiles(WorkflowFile file) => file.Spec!.Tasks.Any(task => !task.IsParallel
        && !(task.Action.Literal is Value.Text { Content: var action }
            && (QuestionAction.Is(action) || CoreActionSpecs.Known.TryFind(action, out _))));

    /// <summary>The same on a server, with the same words, result and exit code.</summary>
    private static async Task<int> RunAtAsync(
        ApiClient server, WorkflowSpec workflow, Value.Map inputs, TimeSpan? timeout, bool json, Interruption interruption)
    {
        RunId? started;
        try
        {
            started = await Starting.AtServerAsync(interruption, stop => RemoteStart.OfDefinitionAsync(
                server, workflow.Source, workflow.Ref, inputs, timeout, stop));
        }
        catch (Refused refused) when (refused.Status == StatusCodes.Status422UnprocessableEntity)
        {
            return Refusals.Say(refused, json);
        }

        if (started is not { } run)
        {
            return ExitCode.Interrupted;
        }

        Talk.Line($"run {run} of {workflow.Ref}");
        Talk.Line($"server: {server.Server}");
        var ended = await new RemoteFollowing(server, interruption, isOurs: true).ToEndAsync(run);
        if (ended is null)
        {
            Leaving.AtServer(run, interruption);
            return ExitCode.Interrupted;
        }

        var report = new RunReport(ended, await new RemoteRuns(server).DispatchesAsync(run, CancellationToken.None));
        ResultText.Write(json ? ResultText.Json(report.WriteJson) : report.ForPeople());
        return Verdict.Of(ended, interruption);
    }
}
