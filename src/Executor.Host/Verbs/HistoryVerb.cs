using System.CommandLine;
using Executor.Core.Runs;
using Executor.Host.Client;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Tells entries of a run's journal with their events, or how the run stood after one of them.</summary>
internal static class HistoryVerb
{
    private const int MostAtOnce = 100_000;

    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "The run, or the beginning of its id." };
        var data = CommonOptions.Data();
        var output = CommonOptions.Output("text", "json");
        var task = new Option<string>("--task")
        {
            Description = "Only events that are about this task.",
            HelpName = "TASK",
        };
        var after = new Option<long>("--after")
        {
            Description = "Only entries with a higher number.",
            HelpName = "N",
        };
        var limit = new Option<int>("--limit")
        {
            Description = "How many entries; standard error says when there are more.",
            HelpName = "N",
            DefaultValueFactory = _ => 1_000,
        };
        var at = new Option<long?>("--at")
        {
            Description = "Shows the run as it stood after entry N, as 'show' does, instead of entries.",
            HelpName = "N",
        };
        var command = new Command(
            "history", "Tells the entries of a run's journal with their events, in order, in a data directory or on a server.")
        {
            run, data, task, after, limit, at, output, ServerOptions.Server,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var json = parsed.GetValue(output) == "json";
            await using var journal = await RunJournal.OpenAsync(
                parsed, parsed.GetRequiredValue(run), parsed.GetRequiredValue(data), stop);
            if (parsed.GetValue(at) is { } entry)
            {
                await ShowAsync(journal, entry, json, stop);
                return ExitCode.Completed;
            }

            var most = Math.Clamp(parsed.GetValue(limit), 1, MostAtOnce);
            var rows = await journal.RowsAsync(parsed.GetValue(after), parsed.GetValue(task), most + 1, stop);
            ResultText.Write(json ? HistoryText.Json([.. rows.Take(most)]) : HistoryText.ForPeople([.. rows.Take(most)]));
            if (rows.Count > most)
            {
                Talk.Line($"there is more: --after {rows[most - 1].Sequence}");
            }

            return ExitCode.Completed;
        });
        return command;
    }

    private static async Task ShowAsync(RunJournal journal, long entry, bool json, CancellationToken stop)
    {
        var entries = await journal.EntriesAsync((int)Math.Clamp(entry, 0, int.MaxValue), stop);
        var run = entries.Aggregate(RunState.Initial(journal.Run), (state, events) => state.Evolve(events));
        if (run.Entries != entry || entry < 1)
        {
            throw new Unusable(
                "history.none", $"run {journal.Run} has no entry {entry}",
                entry < 1 ? "entries count from 1" : $"its last one is {run.Entries}");
        }

        var report = new RunReport(run, DispatchCounts.Of(RunView.Of(run).Visits));
        ResultText.Write(json ? ResultText.Json(report.WriteJson) : report.ForPeople());
    }
}
