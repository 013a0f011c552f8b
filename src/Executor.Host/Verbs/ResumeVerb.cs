using System.Collections.Immutable;
using System.CommandLine;
using Executor.Core.Runs;
using Executor.Host.Local;
using Executor.Host.Output;
using Executor.Host.Settings;
using Executor.Host.Watching;

namespace Executor.Host.Verbs;

/// <summary>Continues what a crash, a kill or a second Ctrl-C has left unfinished.</summary>
internal static class ResumeVerb
{
    public static Command Create()
    {
        var run = new Argument<string?>("RUN")
        {
            Description = "The run, or the beginning of its id; all unfinished runs when left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var data = CommonOptions.Data();
        var output = CommonOptions.Output("table", "json");
        var command = new Command(
            "resume",
            "Continues the unfinished runs of a data directory to their end. "
            + "What had ended is not done again. With -o json one run is an object, several are a list. "
            + WorkerSettings.Help)
        {
            run, data, output,
        };
        command.SetAction((parsed, _) => ResumeAsync(
            parsed.GetValue(run), parsed.GetRequiredValue(data), parsed.GetValue(output) == "json",
            parsed.GetValue(CommonOptions.Debug)));
        return command;
    }

    private static async Task<int> ResumeAsync(string? run, string path, bool json, bool debug)
    {
        var settings = HostSettings.Read(HostSettings.Run, SettingsReader.Environment());
        var worker = WorkerSettings.Read(settings);
        using var interruption = new Interruption();
        using var existing = DataDirectory.Read(path);
        using var data = DataDirectory.Hold(path);
        var audience = new Audience();
        ImmutableHashSet<RunId> minded = [];
        await using var node = await Composition.StartAsync(
            data, worker, LimitSettings.Read(settings), audience, debug, other => Volatile.Read(ref minded).Contains(other), interruption.Forced);
        var archive = new RunArchive(node.Stores);
        var runs = run is null
            ? await archive.UnfinishedAsync(interruption.Forced)
            : [await archive.RootAsync(await archive.FindAsync(run, interruption.Forced), interruption.Forced)];
        Volatile.Write(ref minded, [.. runs.Select(left => left.Id)]);
        await Task.WhenAll(runs.Where(left => !left.HasEnded)
            .Select(left => node.Engine.WakeAsync(left.Id, interruption.Forced)));

        if (runs.Length > 0)
        {
            Talk.Line($"worker in this process: {node.WorkerName}; data: {data.Path}");
        }

        var reports = new List<RunReport>();
        foreach (var left in runs)
        {
            Talk.Line($"run {left.Id} of {left.Workflow!.Ref}");
            if (await new Following(node, audience, interruption).ToEndAsync(left.Id) is not { } ended)
            {
                Talk.Line($"run {left.Id} is left as it is; to go on: executor resume");
                return ExitCode.Interrupted;
            }

            node.Origins.Forget(ended.Id);
            reports.Add(new RunReport(ended, await archive.DispatchesAsync(ended.Id, CancellationToken.None)));
        }

        await node.Engine.FlushAsync();
        Write(reports, json);
        return reports.Select(report => Verdict.Of(report.Run, interruption)).DefaultIfEmpty(ExitCode.Completed).Max();
    }

    private static void Write(List<RunReport> reports, bool json)
    {
        if (reports.Count == 0)
        {
            Talk.Line("nothing is unfinished");
        }

        if (!json)
        {
            ResultText.Write(string.Join('\n', reports.Select(report => report.ForPeople())));
            return;
        }

        ResultText.WriteJson(writer =>
        {
            if (reports.Count == 1)
            {
                reports[0].WriteJson(writer);
                return;
            }

            writer.WriteStartArray();
            reports.ForEach(report => report.WriteJson(writer));
            writer.WriteEndArray();
        });
    }
}
