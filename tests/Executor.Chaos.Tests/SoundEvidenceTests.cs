using Executor.Chaos.Checks;
using Executor.Chaos.Ledgers;
using Executor.Chaos.Tests.Sound;
using Executor.Core.Runs;

namespace Executor.Chaos.Tests;

/// <summary>What is sound passes, and is enough for every check to have something to look at.</summary>
public sealed class SoundEvidenceTests
{
    [Fact]
    public void A_campaign_without_faults_violates_nothing() => Assert.Empty(AllChecks.Run(SoundEvidence.Make()));

    [Fact]
    public void Every_check_has_been_seen_to_fire()
    {
        var tampered = ViolationTests.Cases.Select(row => (string)row[0]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(AllChecks.All.Select(check => check.Id).Order(StringComparer.Ordinal), tampered);
    }

    [Fact]
    public void It_holds_repeats_timeouts_skipped_items_and_a_cancel()
    {
        var events = SoundEvidence.Make().Journals.SelectMany(journal => journal.Events).Select(one => one.Event).ToList();

        Assert.Contains(events, happened => happened is RunEvent.RetryScheduled);
        Assert.Contains(events, happened => happened is RunEvent.ItemFinished { Outcome.Status: SlotStatus.Timeout });
        Assert.Contains(events, happened => happened is RunEvent.ItemsDropped { Status: SlotStatus.Skipped });
        Assert.Contains(events, happened => happened is RunEvent.CancelRequested);
        Assert.Contains(events, happened => happened is RunEvent.DelayEnded);
        Assert.Contains(events, happened => happened is RunEvent.Dispatched { IsCall: true });
        Assert.Contains(events, happened => happened is RunEvent.RunStarted { Workflow: var workflow } && workflow.Tasks.Any(task => task.IsParallel));
    }

    [Fact]
    public void A_line_of_the_ledger_reads_as_it_was_written()
    {
        var slot = new Slot("a-task", 2, -1, 3);
        var run = new RunId("run-1");
        var line = new LedgerLine(
            LedgerMark.Stopped, SoundEvidence.Start + TimeSpan.FromTicks(1234567), run, slot, DispatchId.Of(run, slot), 4711);

        Assert.Equal(line, LedgerLine.Parse(line.Text.TrimEnd('\n')));
    }
}
