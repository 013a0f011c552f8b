using Executor.Chaos.Checks;
using Executor.Chaos.Evidences;
using Executor.Chaos.Faults;
using Executor.Chaos.Ledgers;
using Executor.Chaos.Processes;
using Executor.Chaos.Tests.Sound;
using Executor.Core.Runs;

namespace Executor.Chaos.Tests;

/// <summary>What looks wrong and is not: a fault, or the way that rows are written, explains it, and nothing less does.</summary>
public sealed class ExcuseTests
{
    private static readonly DispatchId First = DispatchId.Of(SoundEvidence.Items, new Slot("process_items", 1, 0, 1));
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_loss_is_excused_by_a_fault_shortly_before_and_by_no_other()
    {
        var lost = Wrongs.All[("I6", "a loss without a cause")](SoundEvidence.Make());
        var before = new Fault(FaultKind.WorkerKill, "w1", SoundEvidence.Start - Minute, SoundEvidence.Start, 17);

        Assert.Empty(AttemptChecks.Chains(lost with { Faults = [before] }));
        Assert.NotEmpty(AttemptChecks.Chains(lost with
        {
            Faults = [before with { Begin = before.Begin - (5 * Minute), End = before.End - (5 * Minute) }],
        }));
    }

    [Theory]
    [InlineData(nameof(FaultKind.NodeKill), 14, true)]
    [InlineData(nameof(FaultKind.NodeKill), 18, false)]
    [InlineData(nameof(FaultKind.NodePartitioned), 18, true)]
    [InlineData(nameof(FaultKind.NodePartitioned), 22, false)]
    [InlineData(nameof(FaultKind.NodesApart), 50, true)]
    [InlineData(nameof(FaultKind.NodesApart), 65, false)]
    public void Calls_may_fail_after_a_fault_for_as_long_as_its_kind_takes_to_recover_from(
        string kind, int secondsAfter, bool isExcused)
    {
        var failing = Wrongs.All[("I26", "calls fail while nothing is wrong")](SoundEvidence.Make());
        var end = failing.Calls[0].At - TimeSpan.FromSeconds(secondsAfter);
        var fault = new Fault(Enum.Parse<FaultKind>(kind), "node1", end - Minute, end, null);

        Assert.Equal(isExcused, !AvailabilityChecks.Answered(failing with { Faults = [fault] }).Any());
    }

    [Fact]
    public void A_row_may_be_of_a_run_that_was_recovered_later()
    {
        var sound = SoundEvidence.Make();
        var row = sound.Executions[0];
        var last = sound.Journals.Single(journal => journal.Run == row.Run).Entries[^1].Sequence;

        Assert.NotEqual(last, row.Sequence);
        Assert.Empty(RowChecks.RowsAreJournal(sound with { Executions = sound.Executions.SetItem(0, row with { Sequence = last }) }));
    }

    [Fact]
    public void A_run_that_was_recovered_after_its_caller_knew_of_its_end_shows_that_entry()
    {
        var sound = SoundEvidence.Make();
        var lasts = sound.Journals.ToDictionary(journal => journal.Run, journal => journal.Entries[^1].Sequence);
        var called = sound.Runs.First(row => row.Sequence < lasts[row.Id]);

        Assert.Empty(RowChecks.RowsAreJournal(
            sound with { Runs = sound.Runs.Replace(called, called with { Sequence = lasts[called.Id] }) }));
    }

    [Fact]
    public void A_body_of_a_killed_worker_ends_with_it()
    {
        var sound = SoundEvidence.Make().EditEvents(
            SoundEvidence.Items, happened => happened is RunEvent.VisitOpened { Plan.Items: not null } opened
                ? [opened with { Plan = opened.Plan with { Concurrency = 1 } }]
                : [happened]);
        var start = sound.Ledger.Single(line => line.Id == First && line.Mark == LedgerMark.Started);
        var endless = sound with
        {
            Ledger = sound.Ledger.RemoveAll(line => line.Id == First).Add(start with { Worker = 18 }),
        };

        Assert.Contains(ConcurrencyChecks.WithinLimit(endless), IsAboutBodies);
        Assert.DoesNotContain(
            ConcurrencyChecks.WithinLimit(endless with { WorkerLives = [new Life(18, SoundEvidence.Start, start.At)] }),
            IsAboutBodies);

        static bool IsAboutBodies(string problem) => problem.Contains("bodies", StringComparison.Ordinal);
    }
}
