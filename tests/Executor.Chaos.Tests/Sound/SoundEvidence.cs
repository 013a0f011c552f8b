using System.Text.Json;
using Executor.Chaos.Deployment;
using Executor.Chaos.Evidences;
using Executor.Chaos.Processes;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Chaos.Tests.Sound;

/// <summary>What a campaign without any violation leaves behind: each workflow of the load once.</summary>
internal static class SoundEvidence
{
    public static readonly DateTimeOffset Start = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly RunId Items = new("items");
    public static readonly RunId Fork = new("fork");
    public static readonly RunId Loop = new("loop");
    public static readonly RunId Retry = new("retry");
    public static readonly RunId FailFast = new("failfast");
    public static readonly RunId Cancelled = new("finish");
    public static readonly RunId Parallel = new("parallel");
    public static readonly RunId Calls = new("calls");

    /// <summary>Paused between the answers to its two questions.</summary>
    public static readonly RunId Approve = new("approve");

    public static readonly DispatchId North = DispatchId.Of(Approve, new Slot("ask", 1, 0, 1));

    public static Evidence Make()
    {
        var runs = new[] { Items, Fork, Loop, Retry, FailFast, Cancelled, Parallel, Calls, Approve }
            .Select(run => SoundRun.Of(
                run.Text, run, Start, run == Cancelled ? 6 : null, run == Approve ? 1 : null)).ToList();
        var all = runs.SelectMany(run => run.Family).ToList();
        var rows = all.Select(run => RowsOf(run.Journal)).ToList();
        return new Evidence
        {
            Journals = [.. all.Select(run => run.Journal)],
            Ledger = [.. all.SelectMany(run => run.Ledger)],
            Guard = [.. all.SelectMany(run => GuardOf(run.Journal))],
            Runs = [.. rows.Select(row => row.Run)],
            Executions = [.. rows.SelectMany(row => row.Executions)],
            Questions = [.. runs.SelectMany(run => QuestionsOf(run.Journal))],
            Offers = [.. runs.Select(run => OfferOf(run.State.Id))],
            Calls =
            [
                .. runs.Select(run => CallOf(ApiCallKind.Start, run.State.Id)),
                CallOf(ApiCallKind.Cancel, Cancelled), CallOf(ApiCallKind.Pause, Approve), CallOf(ApiCallKind.Resume, Approve),
            ],
            Audit =
            [
                .. runs.Select(run => new AuditLine("POST /api/v1/runs", $"run {run.State.Id}", "accepted")),
                new AuditLine("POST /api/v1/runs/{id}/cancel", $"run {Cancelled}", "accepted"),
                new AuditLine("POST /api/v1/runs/{id}/pause", $"run {Approve}", "accepted"),
                new AuditLine("POST /api/v1/runs/{id}/resume", $"run {Approve}", "accepted"),
            ],
            Views = [.. runs.Select(run => LiveView.Of(run.State)), LiveView.Of(runs[0].Journal.StateAt(3))],
            SeenEnded = [.. runs.Select(run => (run.State.Id, run.State.Status))],
            Queues = [new QueueDepth("executor.results", 0, 0)],
            WorkerLives = [new Life(17, Start, null)],
            AfterWarmUp = [new Resources("node1", 200 << 20, 100, 40)],
            AtRest = [new Resources("node2", 210 << 20, 105, 41)],
        };
    }

    private static Offer OfferOf(RunId run) => new(
        $"key of {run}", $"chaos.{run}", Start, [run], null, run == Cancelled ? Start + TimeSpan.FromSeconds(1) : null)
    {
        IsPaused = run == Approve,
        Answered = run == Approve ? [new TakenAnswer(North, "ann")] : [],
    };

    private static ApiCall CallOf(ApiCallKind kind, RunId run) =>
        new(kind, Start, TimeSpan.FromMilliseconds(20), "node1", run, 202);

    private static IEnumerable<GuardLine> GuardOf(RunJournal journal)
    {
        var ends = journal.OfType<RunEvent.ItemFinished>().ToDictionary(end => end.Slot, end => end.Outcome.Status);
        return journal.Events.Where(one => one.Event is RunEvent.Dispatched { IsCall: false, IsQuestion: false }).Select(one =>
        {
            var sent = (RunEvent.Dispatched)one.Event;
            return new GuardLine(sent.Id, journal.Run, sent.Slot, one.Sequence, ends[sent.Slot], "w1", "claim", IsClosed: true);
        });
    }

    private static IEnumerable<QuestionLine> QuestionsOf(RunJournal journal)
    {
        var ends = journal.OfType<RunEvent.ItemFinished>().ToDictionary(end => end.Slot, end => end.Outcome.Status);
        return journal.OfType<RunEvent.Dispatched>().Where(sent => sent.IsQuestion).Select(
            sent => new QuestionLine(sent.Id, journal.Run, sent.Slot, ends[sent.Slot], IsClosed: true, "\"ann\""));
    }

    private static (RunLine Run, IEnumerable<ExecutionLine> Executions) RowsOf(RunJournal journal)
    {
        RunRow? run = null;
        var executions = new Dictionary<Slot, ExecutionRow>();
        var state = RunState.Initial(journal.Run);
        foreach (var stored in journal.Entries)
        {
            var after = state.Evolve(stored.Entry.Events);
            var rows = RunRows.Of(state, after, stored.Entry.Events);
            run = rows.Run ?? run;
            foreach (var row in rows.Executions)
            {
                executions[row.Slot] = row;
            }

            state = after;
        }

        return (
            new RunLine(
                run!.Id, run.Sequence, run.Workflow, run.Status, run.EndedAt is not null, Names(run.CurrentTasks),
                Names(run.CompletedTasks), Names(run.FailedTasks), Names(run.SkippedTasks), run.Output.ToString(), run.Error),
            executions.Values.Select(row => new ExecutionLine(
                row.Id, row.Run, row.Slot, row.Sequence, row.Status, row.Action, row.EndedAt is not null, row.Error)));
    }

    private static string Names(IReadOnlyList<string> names) => JsonSerializer.Serialize(names);
}
