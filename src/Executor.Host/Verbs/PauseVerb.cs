using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Executor.Core.Runs;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;
using Executor.Host.Settings;
using Executor.Host.Watching;

namespace Executor.Host.Verbs;

/// <summary>Lets a run start nothing more until it is resumed.</summary>
internal static class PauseVerb
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "The run, or in a data directory the beginning of its id." };
        var reason = new Option<string?>("--reason") { Description = "For people.", HelpName = "TEXT" };
        var data = CommonOptions.Data();
        var command = new Command(
            "pause",
            "Pauses a run of a server, or one that was left unfinished in a data directory. What runs of it ends and is "
            + "recorded, and nothing new starts before it is resumed; the same holds for the runs that it has called.")
        {
            run, reason, data, ServerOptions.Server,
        };
        command.SetAction(async (parsed, stop) =>
        {
            using var server = ServerOptions.Client(parsed);
            return server is null
                ? await Interruption.HeedAsync(interruption => PauseAsync(
                    parsed.GetRequiredValue(run), parsed.GetValue(reason), parsed.GetRequiredValue(data),
                    parsed.GetValue(CommonOptions.Debug), interruption))
                : await PauseAtAsync(server, parsed.GetRequiredValue(run), parsed.GetValue(reason), stop);
        });
        return command;
    }

    private static async Task<int> PauseAtAsync(ApiClient server, string run, string? reason, CancellationToken stop)
    {
        await server.PostAsync(
            $"runs/{Uri.EscapeDataString(run)}/pause", new JsonObject { ["reason"] = reason }, null, stop);
        Talk.Line($"run {run} is paused; to go on: executor resume {run}");
        return ExitCode.Completed;
    }

    /// <summary>No action of the run is at work in a data directory that nobody holds, and none begins here.</summary>
    private static async Task<int> PauseAsync(
        string run, string? reason, string path, bool debug, Interruption interruption)
    {
        var settings = HostSettings.Read(HostSettings.Run, SettingsReader.Environment());
        using var existing = DataDirectory.Read(path);
        using var data = DataDirectory.Hold(path);
        ImmutableHashSet<RunId> minded = [];
        await using var node = await Composition.StartAsync(
            data, WorkerSettings.Read(settings), LimitSettings.Read(settings), LimitSettings.InlineResultOf(settings), new Audience(), debug,
            other => Volatile.Read(ref minded).Contains(other), interruption.Forced, works: false);
        var archive = new RunArchive(node.Stores);
        var root = await archive.RootAsync(await archive.FindAsync(run, interruption.Forced), interruption.Forced);
        Volatile.Write(ref minded, [root.Id]);
        var accepted = await node.Engine.PauseAsync(root.Id, reason, interruption.Forced);
        if (accepted.Refusal is { } refusal)
        {
            throw new Unusable(refusal.Code, refusal.Message, "see: executor show " + root.Id);
        }

        await node.Engine.WakeAsync(root.Id, interruption.Forced);
        await node.Engine.FlushAsync();
        Talk.Line($"run {root.Id} is paused; to go on: executor resume {root.Id}");
        return ExitCode.Completed;
    }
}
