using System.Collections.Immutable;
using System.CommandLine;
using Executor.Core.Runs;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;
using Executor.Host.Settings;
using Executor.Host.Watching;

namespace Executor.Host.Verbs;

/// <summary>Continues what a crash, a kill or a second Ctrl-C has left unfinished, and what somebody has paused.</summary>
internal static class ResumeVerb
{
    public static Command Create()
    {
        var run = new Argument<string?>("RUN")
        {
            Description = "The run, or in a data directory the beginning of its id; all unfinished runs there that are not paused when left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var data = CommonOptions.Data();
        var output = CommonOptions.Output("table", "json");
        var command = new Command(
            "resume",
            "Continues the unfinished runs of a data directory to their end, or one that is paused, there or on a server. "
            + "A paused run goes on only when it is named, and what it has called with it; on a server this returns at once. "
            + "What had ended is not done again. With -o json one run is an object, several are a list. "
            + WorkerSettings.Help)
        {
            run, data, output, ServerOptions.Server,
        };
        command.SetAction(async (parsed, stop) =>
        {
            using var server = ServerOptions.Client(parsed);
            return server is null
                ? await Interruption.HeedAsync(interruption => ResumeAsync(
                    parsed.GetValue(run), parsed.GetRequiredValue(data), parsed.GetValue(output) == "json",
                    parsed.GetValue(CommonOptions.Debug), interruption))
                : await ResumeAtAsync(server, parsed.GetValue(run), stop);
        });
        return command;
    }

    private static async Task<int> ResumeAtAsync(ApiClient server, string? run, CancellationToken stop)
    {
        var id = Uri.EscapeDataString(run ?? throw new Unusable(
            "cli.run", "a server looks after its unfinished runs by itself", "name the paused run that is to go on"));
        await server.PostAsync($"runs/{id}/resume", null, null, stop);
        Talk.Line($"run {run} goes on; to see it: executor watch {run}");
        return ExitCode.Completed;
    }

    private static async Task<int> ResumeAsync(
        string? run, string path, bool json, bool debug, Interruption interruption)
    {
        var settings = HostSettings.Read(HostSettings.Run, SettingsReader.Environment());
        var worker = WorkerSettings.Read(settings);
        using var existing = DataDirectory.Read(path);
        using var data = DataDirectory.Hold(path);
        var audience = new Audience();
        ImmutableHashSet<RunId> minded = [];
        await using var node = await Composition.StartAsync(
            data, worker, LimitSettings.Read(settings), LimitSettings.InlineResultOf(settings), audience, debug, other => Volatile.Read(ref minded).Contains(other), interruption.Forced);
        var archive = new RunArchive(node.Stores);
        var paused = (await archive.PausedAsync(interruption.Forced)).ToLookup(one => one.Root);
        var runs = run is null
            ? await NotPausedAsync(archive, paused, interruption.Forced)
            : [await archive.RootAsync(await archive.FindAsync(run, interruption.Forced), interruption.Forced)];
        Volatile.Write(ref minded, [.. runs.Select(left => left.Id)]);
        // An answer that was given in time counts, though the time may be up by now.
        Volatile.Write(ref minded, minded.Union(await KeptAnswers.RunsAsync(node.Stores, minded, interruption.Forced)));
        await node.DeliverAnswersAsync(interruption.Forced);
        await Task.WhenAll(runs.Where(left => !left.HasEnded)
            .Select(left => node.Engine.WakeAsync(left.Id, interruption.Forced)));
        await Task.WhenAll(runs.SelectMany(left => paused[left.Id])
            .Select(one => node.Engine.ResumeAsync(one.Id, interruption.Forced)));
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
                Leaving.Here(left.Id, interruption);
                return ExitCode.Interrupted;
            }

            reports.Add(new RunReport(ended, await archive.DispatchesAsync(ended.Id, CancellationToken.None)));
        }

        await node.Engine.FlushAsync();
        Write(reports, json);
        return reports.Select(report => Verdict.Of(report.Run, interruption)).DefaultIfEmpty(ExitCode.Completed).Max();
    }

    /// <summary>Whoever has paused a run, or one that it has called, says when it goes on.</summary>
    private static async Task<ImmutableArray<RunState>> NotPausedAsync(
        RunArchive archive, ILookup<RunId, RunState> paused, CancellationToken stop)
    {
        var runs = await archive.UnfinishedAsync(stop);
        if (runs.IsEmpty)
        {
            Talk.Line("nothing is unfinished");
        }

        foreach (var root in paused.Select(family => family.Key))
        {
            Talk.Line($"run {root} is paused; to go on: executor resume {root}");
        }

        return runs.RemoveAll(left => paused.Contains(left.Root));
    }

    private static void Write(List<RunReport> reports, bool json)
    {
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
