using System.CommandLine;
using Executor.Core.Workflows;
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
            Description = "Only events that are about this task; with --at, only its visits and problems.",
            HelpName = "TASK",
        };
        var after = CheckedOptions.Whole(
            "--after", "Only entries with a higher number.", "20", least: 0, long.MaxValue);
        var limit = CheckedOptions.Limit(
            "How many entries; standard error says when there are more.", MostAtOnce, usual: 1_000);
        var at = CheckedOptions.Whole(
            "--at", "Shows the run as it stood after entry N, as 'show' does, instead of entries.", "20", least: 1, long.MaxValue);
        var command = new Command(
            "history", "Tells the entries of a run's journal with their events, in order, in a data directory or on a server.")
        {
            run, data, task, after, limit, at, output, ServerOptions.Server,
        };
        command.Validators.Add(given =>
        {
            if (given.GetResult(at) is not null
                && (given.GetResult(after) is not null || given.GetResult(limit) is { Implicit: false }))
            {
                given.AddError("--at shows the run as it stood, and no entries; leave out --after and --limit");
            }
        });
        command.SetAction(async (parsed, stop) =>
        {
            var json = parsed.GetValue(output) == "json";
            await using var journal = await RunJournal.OpenAsync(
                parsed, parsed.GetRequiredValue(run), parsed.GetRequiredValue(data), stop);
            var named = parsed.GetValue(task);
            if (named is not null && TaskNames.MistakeOf(await journal.BegunAsync(stop), named) is { } mistake)
            {
                throw new Unusable("task.none", mistake, ProblemAdvice.Of("task.none"));
            }

            if (parsed.GetValue(at) is { } entry)
            {
                await ShowAsync(journal, entry, named, json, stop);
                return ExitCode.Completed;
            }

            var most = parsed.GetValue(limit);
            var rows = await journal.RowsAsync(parsed.GetValue(after) ?? 0, named, most + 1, stop);
            ResultText.Write(json ? HistoryText.Json([.. rows.Take(most)]) : HistoryText.ForPeople([.. rows.Take(most)]));
            if (rows.Count > most)
            {
                Talk.Line($"there is more: --after {rows[most - 1].Sequence}");
            }

            return ExitCode.Completed;
        });
        return command;
    }

    private static async Task ShowAsync(RunJournal journal, long entry, string? task, bool json, CancellationToken stop)
    {
        var entries = await journal.EntriesAsync((int)Math.Min(entry, int.MaxValue), stop);
        var report = RunReport.AsOf(journal.Run, entries, entry) ?? throw new Unusable(
            "history.none", $"run {journal.Run} has no entry {entry}", $"its last one is {entries.Count}");
        report = report with { Task = task };
        ResultText.Write(json ? ResultText.Json(report.WriteJson) : report.ForPeople());
    }
}
