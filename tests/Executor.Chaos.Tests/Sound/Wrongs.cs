using Executor.Chaos.Deployment;
using Executor.Chaos.Evidences;
using Executor.Chaos.Ledgers;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Chaos.Tests.Sound;

/// <summary>What can be wrong in evidence that is sound otherwise, by the invariant that it breaks.</summary>
internal static class Wrongs
{
    private static readonly DispatchId First = DispatchId.Of(SoundEvidence.Items, new Slot("process_items", 1, 0, 1));
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Each breaks what it is given.</summary>
    public static IReadOnlyDictionary<(string Invariant, string What), Func<Evidence, Evidence>> All { get; } = new Dictionary<(string Invariant, string What), Func<Evidence, Evidence>>
    {
        [("I1", "a slot dispatched twice")] = sound => sound.EditEvents(
            SoundEvidence.Items, happened => happened is RunEvent.Dispatched ? [happened, happened] : [happened]),
        [("I1", "two guard rows of a slot")] = sound => sound with { Guard = sound.Guard.Add(sound.Guard[0]) },
        [("I1", "two rows of a slot")] = sound => sound with { Executions = sound.Executions.Add(sound.Executions[0]) },
        [("I2", "a guard row is missing")] = sound => sound with { Guard = sound.Guard.RemoveAt(3) },
        [("I2", "a guard row names another entry")] = sound => Guard(sound, row => row with { Entry = row.Entry + 1 }),
        [("I2", "a guard row without a dispatch")] = sound => sound with
        {
            Guard = sound.Guard.Add(sound.Guard[0] with { Id = new DispatchId("f"), Slot = new Slot("other", 1, -1, 1) }),
        },
        [("I3", "a body entered twice")] = sound => sound with
        {
            Ledger = sound.Ledger.Add(sound.Ledger.First(line => line.Mark == LedgerMark.Started) with { Worker = 18 }),
        },
        [("I4", "completed without an end of its body")] = sound => sound with
        {
            Ledger = sound.Ledger.RemoveAll(line => line.Id == First && line.Mark == LedgerMark.Ended),
        },
        [("I4", "completed without a body")] = sound => sound with { Ledger = sound.Ledger.RemoveAll(line => line.Id == First) },
        [("I5", "a body without a guard row")] = sound => sound with
        {
            Ledger = sound.Ledger.Add(sound.Ledger[0] with { Id = new DispatchId("f") }),
        },
        [("I5", "a body without a claim")] = sound => Guard(sound, row => row with { ClaimId = null }),
        [("I5", "a body under the id of another slot")] = sound => sound with
        {
            Ledger = sound.Ledger.SetItem(0, sound.Ledger[0] with { Slot = sound.Ledger[0].Slot with { Attempt = 9 } }),
        },
        [("I6", "an attempt left out")] = sound => sound.EditEvents(
            SoundEvidence.Retry, happened => happened is RunEvent.Dispatched { Slot: { Task: "shaky", Attempt: 1 } } ? [] : [happened]),
        [("I6", "a completed attempt repeated")] = sound => sound.EditEvents(
            SoundEvidence.Retry, happened => happened is RunEvent.ItemFinished { Slot: { Task: "shaky", Attempt: 1 } } end
                ? [end with { Outcome = end.Outcome with { Status = SlotStatus.Completed } }]
                : [happened]),
        [("I6", "more attempts than allowed")] = sound => sound.EditEvents(
            SoundEvidence.Fork, happened => happened is RunEvent.Dispatched { Slot.Task: "north" } sent
                ? [sent, sent with { Slot = sent.Slot with { Attempt = 2 } }]
                : [happened]),
        [("I6", "a loss without a cause")] = sound => End(
            sound, SoundEvidence.Retry, "late", end => end with { Outcome = end.Outcome with { Status = SlotStatus.Abandoned } }),
        [("I7", "an accepted run that has not ended")] = sound => sound.EditEvents(
            SoundEvidence.Loop, happened => happened is RunEvent.RunEnded ? [] : [happened]),
        [("I7", "an accepted run without a journal")] = sound => sound with
        {
            Journals = sound.Journals.RemoveAll(journal => journal.Run == SoundEvidence.Loop),
        },
        [("I7", "an accepted run without a row")] = sound => sound with { Runs = sound.Runs.RemoveAt(0) },
        [("I7", "a start without an answer")] = sound => Offer(sound, offer => offer with { Answers = [] }),
        [("I7", "a start refused")] = sound => Offer(sound, offer => offer with { Refusal = "422" }),
        [("I7", "two runs of one start")] = sound => Offer(
            sound, offer => offer with { Answers = [SoundEvidence.Items, SoundEvidence.Fork] }),
        [("I7", "a run that nobody has offered")] = sound => sound with { Offers = sound.Offers.RemoveAt(0) },
        [("I8", "an end that the journal does not know")] = sound => sound.EditEvents(
            SoundEvidence.Items, happened => happened is RunEvent.ItemFinished { Slot.Item: 2 } ? [] : [happened]),
        [("I8", "a guard row that is not closed")] = sound => Guard(sound, row => row with { IsClosed = false }),
        [("I8", "a guard row that ended otherwise")] = sound => Guard(sound, row => row with { Status = SlotStatus.Failed }),
        [("I8", "a row that ended otherwise")] = sound => sound with
        {
            Executions = sound.Executions.SetItem(0, sound.Executions[0] with { Status = SlotStatus.Failed }),
        },
        [("I9", "an end applied twice")] = sound => sound.EditEvents(
            SoundEvidence.Items, happened => happened is RunEvent.ItemFinished ? [happened, happened] : [happened]),
        [("I10", "more items out than allowed")] = sound => sound.EditEvents(
            SoundEvidence.Items, happened => happened is RunEvent.VisitOpened { Plan.Items: not null } opened
                ? [opened with { Plan = opened.Plan with { Concurrency = 2 } }]
                : [happened]),
        [("I10", "more bodies at a time than allowed")] = sound => sound with
        {
            Ledger =
            [
                .. sound.Ledger.Select(line => line.Run == SoundEvidence.Items && line.Mark == LedgerMark.Ended
                    ? line with { At = line.At + Minute }
                    : line),
            ],
        },
        [("I11", "a join that opens twice")] = sound => sound.EditEvents(
            SoundEvidence.Fork, happened => happened is RunEvent.VisitOpened { Task: "gathered" } ? [happened, happened] : [happened]),
        [("I11", "a join that opens too early")] = sound => sound.EditEvents(
            SoundEvidence.Fork, happened => happened is RunEvent.Arrived { FromTask: "east" } ? [] : [happened]),
        [("I12", "a successor that starts twice")] = sound => sound.EditEvents(
            SoundEvidence.Items, happened => happened is RunEvent.Dispatched { Slot.Task: "validate" } ? [happened, happened] : [happened]),
        [("I12", "a successor that starts too late")] = sound => sound.Postpone(
            SoundEvidence.Items, happened => happened is RunEvent.Dispatched { Slot.Task: "validate" }),
        [("I12", "a successor that is reached too late")] = sound => sound.Postpone(
            SoundEvidence.Items, happened => happened is RunEvent.Arrived { Task: "validate" }),
        [("I12", "a successor that is reached twice")] = sound => sound.EditEvents(
            SoundEvidence.Items, happened => happened is RunEvent.Arrived { Task: "validate" } ? [happened, happened] : [happened]),
        [("I13", "an output that does not follow")] = sound => sound.EditEvents(
            SoundEvidence.Items, happened => happened is RunEvent.RunEnded ended
                ? [ended with { Output = ended.Output.With("sum", Value.Of(11L)) }]
                : [happened]),
        [("I13", "a result that the successor did not see")] = sound => End(
            sound, SoundEvidence.Retry, "shaky", end => end with { Outcome = end.Outcome with { Result = Value.Null } }),
        [("I14", "two ends of a run")] = sound => sound.EditEvents(
            SoundEvidence.Items, happened => happened is RunEvent.RunEnded ? [happened, happened] : [happened]),
        [("I14", "a dispatch after the end")] = sound => sound.Postpone(
            SoundEvidence.Items, happened => happened is RunEvent.Dispatched { Slot.Item: 4 }),
        [("I14", "a dispatch after the cancel")] = sound => sound.Postpone(
            SoundEvidence.Cancelled, happened => happened is RunEvent.Dispatched { Slot.Item: 4 }),
        [("I14", "an end that became another")] = sound => sound with
        {
            SeenEnded = [(SoundEvidence.Items, RunStatus.Failed)],
        },
        [("I15", "items out of order")] = sound => sound.Postpone(
            SoundEvidence.Items, happened => happened is RunEvent.Dispatched { Slot.Item: 0 }),
        [("I16", "an entry is missing")] = sound => sound.EditEntries(
            SoundEvidence.Loop, entries => [.. entries.Take(2), .. entries.Skip(3)]),
        [("I16", "an entry stands twice")] = sound => sound.EditEntries(
            SoundEvidence.Loop, entries => [.. entries.Take(3), .. entries.Skip(2)]),
        [("I16", "two incarnations write in turn")] = sound => sound.EditEntries(
            SoundEvidence.Loop, entries => entries.Select(stored => stored.Sequence == 2
                ? stored with { Entry = stored.Entry with { Incarnation = "two" } }
                : stored)),
        [("I17", "what was told is not the journal's")] = sound => sound with
        {
            Views = sound.Views.SetItem(0, sound.Views[0] with { Lines = [.. sound.Views[0].Lines.Skip(1)] }),
        },
        [("I17", "what was told is ahead of the journal")] = sound => sound with
        {
            Views = sound.Views.SetItem(0, sound.Views[0] with { Sequence = 999 }),
        },
        [("I18", "a run's row is old")] = sound => sound with
        {
            Runs = sound.Runs.SetItem(0, sound.Runs[0] with { Completed = "[]" }),
        },
        [("I18", "a run's row is older than its end")] = sound => sound with
        {
            Runs = sound.Runs.SetItem(0, sound.Runs[0] with { Sequence = sound.Runs[0].Sequence - 1 }),
        },
        [("I18", "a run's row is newer than the journal")] = sound => sound with
        {
            Runs = sound.Runs.SetItem(0, sound.Runs[0] with { Sequence = 1_000 }),
        },
        [("I18", "a run has no row")] = sound => sound with { Runs = sound.Runs.RemoveAt(0) },
        [("I18", "an attempt's row is older than its end")] = sound => sound with
        {
            Executions = sound.Executions.SetItem(0, sound.Executions[0] with { Sequence = sound.Executions[0].Sequence - 1 }),
        },
        [("I18", "an attempt's row is newer than the journal")] = sound => sound with
        {
            Executions = sound.Executions.SetItem(0, sound.Executions[0] with { Sequence = 1_000 }),
        },
        [("I18", "an attempt's row is missing")] = sound => sound with { Executions = sound.Executions.RemoveAt(0) },
        [("I18", "an attempt's row is of nothing")] = sound => sound with
        {
            Executions = sound.Executions.Add(sound.Executions[0] with { Slot = new Slot("other", 1, -1, 1) }),
        },
        [("I18", "a run's row is of nothing")] = sound => sound with
        {
            Runs = sound.Runs.Add(sound.Runs[0] with { Id = new RunId("other") }),
        },
        [("I19", "a message waits")] = sound => sound with { Queues = [new QueueDepth("executor.results", 1, 0)] },
        [("I19", "a message is unsettled")] = sound => sound with { Queues = [new QueueDepth("executor.results", 0, 1)] },
        [("I19", "a guard row is open")] = sound => Guard(sound, row => row with { Status = SlotStatus.Running }),
        [("I19", "a run is to be woken")] = sound => sound with { Due = [SoundEvidence.Items] },
        [("I20", "a repeat that went too early")] = sound => Sent(
            sound, SoundEvidence.Retry, "shaky", 2, sent => sent with { At = sent.At - Minute }),
        [("I20", "a delay that was too short")] = sound => Sent(
            sound, SoundEvidence.Loop, "turn", 1, sent => sent with { At = sent.At - Minute }),
        [("I20", "a repeat that was forgotten for long")] = sound => Sent(
            sound, SoundEvidence.Retry, "shaky", 2, sent => sent with { At = sent.At + (3 * Minute) }),
        [("I21", "an accepted cancel that is nowhere")] = sound => sound.EditEvents(
            SoundEvidence.Cancelled, happened => happened is RunEvent.CancelRequested ? [] : [happened]),
        [("I21", "a body that begins long after the cancel")] = sound => sound with
        {
            Ledger = sound.Ledger.Add(
                sound.Ledger.First(line => line.Run == SoundEvidence.Cancelled) with { At = SoundEvidence.Start + (3 * Minute) }),
        },
        [("I22", "a called run that is nowhere")] = sound => sound with
        {
            Journals = sound.Journals.RemoveAll(journal => ParentOf(journal) is not null),
        },
        [("I22", "a called run that has not ended")] = sound => sound.EditEvents(
            sound.Journals.First(journal => ParentOf(journal) is not null).Run,
            happened => happened is RunEvent.RunEnded ? [] : [happened]),
        [("I22", "an end that its caller was not told")] = sound => sound.EditEvents(
            SoundEvidence.Calls, happened => happened is RunEvent.ItemFinished { Slot.Task: "each" } ? [] : [happened]),
        [("I22", "an end that its caller was told otherwise")] = sound => End(
            sound, SoundEvidence.Calls, "each", end => end with { Outcome = end.Outcome with { Status = SlotStatus.Failed } }),
        [("I22", "a run called by nobody")] = sound => sound.EditEvents(
            SoundEvidence.Calls, happened => happened is RunEvent.Dispatched { IsCall: true } ? [] : [happened]),
        [("I23", "a secret was found")] = sound => sound with { Leaks = ["secret number 1 stands in node1.log"] },
        [("I24", "memory has grown")] = sound => Rest(sound, one => one with { ResidentBytes = 1L << 30 }),
        [("I24", "descriptors have grown")] = sound => Rest(sound, one => one with { Descriptors = 900 }),
        [("I24", "threads have grown")] = sound => Rest(sound, one => one with { Threads = 300 }),
        [("I25", "a start without an audit row")] = sound => sound with { Audit = sound.Audit.RemoveAt(0) },
        [("I25", "a cancel without an audit row")] = sound => sound with { Audit = sound.Audit.RemoveAt(sound.Audit.Length - 1) },
        [("I25", "an audit row about what nobody did")] = sound => sound with
        {
            Audit = sound.Audit.Add(sound.Audit[0] with { Object = "run other" }),
        },
        [("I26", "calls fail while nothing is wrong")] = sound => sound with
        {
            Calls = [.. Enumerable.Range(0, 1_000).Select(number => sound.Calls[0] with { Status = number < 2 ? 503 : 202 })],
        },
        [("I26", "a node that does not come back")] = sound => sound with { NotBack = ["node2 is not ready"] },
        [("I27", "two answers were told to count")] = sound => sound with
        {
            Offers = [.. sound.Offers.Select(offer => offer with
            {
                Answered = [.. offer.Answered, .. offer.Answered.Select(taken => taken with { Response = "bob" })],
            })],
        },
        [("I27", "an answer to nothing was told to count")] = sound => sound with
        {
            Offers = sound.Offers.SetItem(0, sound.Offers[0] with { Answered = [new TakenAnswer(new DispatchId("f"), "ann")] }),
        },
        [("I27", "an answer was forgotten")] = sound => End(
            sound, SoundEvidence.Approve, "ask", end => end with { Outcome = new ItemOutcome(SlotStatus.Timeout, Value.Null) }),
        [("I27", "a question's row shows another answer")] = sound => Question(sound, row => row with { Response = "\"bob\"" }),
        [("I27", "a question's row is open")] = sound => Question(sound, row => row with { IsClosed = false }),
        [("I27", "a question's row is missing")] = sound => sound with { Questions = sound.Questions.RemoveAt(0) },
        [("I27", "a question's row is of nothing")] = sound => Question(sound, row => row with { Id = new DispatchId("f") }),
        [("I28", "a pause that was answered is forgotten")] = sound => sound.EditEvents(
            SoundEvidence.Approve, happened => happened is RunEvent.PauseRequested or RunEvent.RunPaused ? [] : [happened]),
        [("I28", "something starts in a pause")] = sound => sound.EditEvents(
            SoundEvidence.Approve, happened => happened is RunEvent.RunResumed ? [] : [happened]),
    };

    private static RunParent? ParentOf(RunJournal journal) => journal.OfType<RunEvent.RunStarted>().Single().Parent;

    private static Evidence Question(Evidence sound, Func<QuestionLine, QuestionLine> edit) =>
        sound with { Questions = sound.Questions.SetItem(0, edit(sound.Questions[0])) };

    private static Evidence Guard(Evidence sound, Func<GuardLine, GuardLine> edit) =>
        sound with { Guard = sound.Guard.SetItem(0, edit(sound.Guard[0])) };

    private static Evidence Offer(Evidence sound, Func<Offer, Offer> edit) =>
        sound with { Offers = sound.Offers.SetItem(0, edit(sound.Offers[0])) };

    private static Evidence Rest(Evidence sound, Func<Resources, Resources> edit) =>
        sound with { AtRest = [.. sound.AtRest.Select(edit)] };

    private static Evidence End(
        Evidence sound, RunId run, string task, Func<RunEvent.ItemFinished, RunEvent.ItemFinished> edit) =>
        sound.EditEvents(run, happened => happened is RunEvent.ItemFinished end && end.Slot.Task == task ? [edit(end)] : [happened]);

    private static Evidence Sent(
        Evidence sound, RunId run, string task, int attempt, Func<RunEvent.Dispatched, RunEvent.Dispatched> edit) =>
        sound.EditEvents(run, happened => happened is RunEvent.Dispatched sent && sent.Slot.Task == task && sent.Slot.Attempt == attempt
            ? [edit(sent)]
            : [happened]);
}
