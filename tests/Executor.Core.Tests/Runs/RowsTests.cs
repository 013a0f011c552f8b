using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Runs;

public sealed class RowsTests
{
    [Fact]
    public void The_row_of_the_run_is_written_when_something_in_it_has_changed()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [1, 2, 3]
            t -S-> n
            n: when: false
            """);
        var shown = new List<RunRow?> { RunRows.Of(RunState.Initial(run.Run.Id), run.Run, run.Last).Run };
        for (var item = 0; item < 3; item++)
        {
            var before = run.Run;
            run.Succeed($"t[{item}]");
            shown.Add(RunRows.Of(before, run.Run, run.Last).Run);
        }

        Assert.Equal([RunStatus.Running, null, null, RunStatus.Completed], shown.Select(row => row?.Status));
        Assert.Equal(["t"], shown[0]!.CurrentTasks);
        Assert.Equal(["t"], shown[3]!.CompletedTasks);
        Assert.Equal(["n"], shown[3]!.SkippedTasks);
        Assert.Equal((1, 4, "key-1"), (shown[0]!.Sequence, shown[3]!.Sequence, shown[3]!.RequestKey));
    }

    [Fact]
    public void An_attempt_that_begins_and_ends_in_one_entry_has_one_row()
    {
        var run = Scenario.OfFlow("a -S-> b");
        var start = run.Run;
        var done = new ItemOutcome(SlotStatus.Completed, Value.Null);
        var one = RunDecider.Decide(start, new RunCommand.FinishItem(run.SlotOf("a"), done, run.Now));
        var between = one.Events.Aggregate(start, (state, happened) => state.Evolve(happened));
        var next = new Slot("b", 1, Slot.NoItem, 1);
        var two = RunDecider.Decide(between, new RunCommand.FinishItem(next, done, run.Now));
        RunEvent[] entry = [.. one.Events, .. two.Events];
        var after = start.Evolve(entry);
        Assert.Equal(2, after.Entries);
        Assert.Equal(RunStatus.Completed, after.Status);
        var rows = RunRows.Of(start, after, entry).Executions;
        Assert.Equal(["a", "b"], rows.Select(row => row.Slot.Task));
        Assert.All(rows, row => Assert.Equal(SlotStatus.Completed, row.Status));
        Assert.DoesNotContain(RunEffects.Of(after, entry), effect => effect is RunEffect.Send);
    }
}
