using Executor.Core.Runs;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Vectors;

public sealed class AttemptOutcomes
{
    private static readonly RunLimits NoAllowance = RunLimits.Default with { StartAllowance = TimeSpan.Zero };

    [Theory]
    [Trait("vector", "W15")]
    [InlineData("delay: 2, backoff: constant", "2 2 2 2")]
    [InlineData("delay: 2, backoff: linear", "2 4 6 8")]
    [InlineData("delay: 1, backoff: exponential", "1 2 4 8")]
    [InlineData("delay: 1, backoff: exponential, max_delay: 3", "1 2 3 3")]
    [InlineData("delay: 1.5", "1.5 1.5 1.5 1.5")]
    public void Each_wait_follows_the_backoff_and_is_capped(string spec, string waits)
    {
        var run = Scenario.OfFlow($"a: retry: {{count: 4, {spec}}}");
        var attempt = 1;
        foreach (var wait in waits.Split(' ').Select(double.Parse))
        {
            run.Fail(Name(attempt++));
            Assert.Empty(run.Out);
            Assert.Equal(run.Now + TimeSpan.FromSeconds(wait), run.Run.NextDue);
            Assert.Empty(run.After(wait - 0.001).Out);
            Assert.Equal([Name(attempt)], run.After(0.001).Out);
        }

        run.Fail(Name(attempt));
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    [Trait("vector", "W15")]
    [Trait("lesson", "4.1")]
    public void Only_the_last_attempt_ends_the_task()
    {
        var run = Scenario.OfFlow("""
            a: retry: {count: 2, delay: 1, backoff: exponential}
            a -S-> b
            a -F-> c
            """);
        run.Fail("a").After(1).Fail("a#2").After(2).Succeed("a#3");
        Assert.Equal(["b"], run.Out);
        run.Succeed("b");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Empty(run.Problems);
    }

    [Fact]
    [Trait("vector", "W15")]
    public void After_the_last_failure_the_failure_transitions_fire_once()
    {
        var run = Scenario.OfFlow("""
            a: retry: {count: 2}
            a -F-> c
            """);
        run.Fail("a").Fail("a#2").Fail("a#3");
        Assert.Equal(["a", "a#2", "a#3", "c"], run.Sent);
    }

    [Fact]
    [Trait("vector", "W15")]
    public void Rows_show_every_attempt_with_its_end_and_that_they_are_of_one_slot()
    {
        var run = Scenario.OfFlow("a: retry: {count: 2}");
        var before = run.Run;
        run.Fail("a");
        var rows = RunRows.Of(before, run.Run, run.Last);
        Assert.Null(rows.Run);
        Assert.Equal(
            [(1, SlotStatus.Failed, "boom"), (2, SlotStatus.Scheduled, null)],
            rows.Executions.Select(row => (row.Slot.Attempt, row.Status, row.Error)));
        Assert.All(rows.Executions, row => Assert.Equal((2, "core.noop"), (row.Sequence, row.Action)));
        Assert.NotNull(rows.Executions[0].EndedAt);

        run.Fail("a#2").Succeed("a#3");
        var all = RunRows.Of(RunState.Initial(run.Run.Id), run.Run, [.. run.Events]).Executions;
        Assert.Equal([0, 1, 2], all.Select(row => row.Slot.Attempt - 1));
        Assert.All(all, row => Assert.Equal(all[0].Id, DispatchId.Of(run.Run.Id, row.Slot with { Attempt = 1 })));
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    [Trait("vector", "W17")]
    [Trait("lesson", "4.5")]
    public void An_attempt_that_exceeds_its_time_has_timed_out_and_a_later_result_is_ignored()
    {
        var run = Scenario.OfFlow("""
            t: timeout: 2
            t -T-> late
            t -F-> bad
            late: input: {r: "{{ result() }}"}
            """, limits: NoAllowance);
        var slot = run.SlotOf("t");
        Assert.Empty(run.After(1.999).Last);
        run.After(0.001);
        Assert.Equal(["t/1 timeout", "late/1 running"], run.Visits);
        Assert.Equal(
            """{"r":{"succeeded":false,"timed_out":true,"error":"Execution timed out after 2 seconds"}}""",
            run.Input("late").ToString());
        var withdraw = Assert.Single(RunEffects.Of(run.Run, run.Last).OfType<RunEffect.Withdraw>());
        Assert.Equal((slot, SlotStatus.Timeout, true), (withdraw.Slot, withdraw.Status, withdraw.StopRunning));
        Assert.Equal(DispatchId.Of(run.Run.Id, slot), withdraw.Id);
        run.Finish(slot, SlotStatus.Completed);
        Assert.Equal([new RunEvent.OverdueEnded(slot)], run.Last);
        Assert.Null(run.Refusal);
        run.Succeed("late");
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    [Trait("vector", "W17")]
    public void Without_a_transition_for_it_the_run_fails_with_the_cause()
    {
        var run = Scenario.OfFlow("t: timeout: 2", limits: NoAllowance).After(2);
        Assert.Equal("Workflow failed: 1 task(s) failed: t", run.Error);
        var problem = Assert.Single(run.Run.Problems);
        Assert.Equal("task.timeout", problem.Code);
        Assert.Contains("Execution timed out after 2 seconds", problem.Message);
    }

    [Theory]
    [Trait("vector", "W32")]
    [InlineData(SlotStatus.Failed, true)]
    [InlineData(SlotStatus.Timeout, true)]
    [InlineData(SlotStatus.Abandoned, true)]
    [InlineData(SlotStatus.Cancelled, false)]
    [InlineData(SlotStatus.Completed, false)]
    public void Failed_timed_out_and_abandoned_attempts_are_retried(SlotStatus status, bool retried)
    {
        var run = Scenario.OfFlow("a: retry: {count: 1}");
        run.End("a", status);
        Assert.Equal(retried ? ["a#2"] : [], run.Out);
    }

    [Fact]
    [Trait("vector", "W32")]
    public void What_a_worker_says_that_was_given_up_changes_nothing_and_the_next_attempt_decides()
    {
        var alone = Scenario.OfFlow("a -S-> b");
        var lost = alone.SlotOf("a");
        alone.End("a", SlotStatus.Abandoned).Finish(lost, SlotStatus.Completed);
        Assert.Empty(alone.Last);
        Assert.Equal((RunStatus.Failed, SlotStatus.Abandoned), (alone.Status, alone.Run.EndOf(lost)));

        foreach (var last in new[] { SlotStatus.Completed, SlotStatus.Failed })
        {
            var run = Scenario.OfFlow("a -S-> b\na -F-> c\na: retry: {count: 1}");
            run.End("a", SlotStatus.Abandoned).Finish(lost, SlotStatus.Completed);
            Assert.Equal(["a#2"], run.Out);
            run.End("a#2", last).Finish(lost, SlotStatus.Completed);
            Assert.Equal([last == SlotStatus.Completed ? "b" : "c"], run.Out);
            Assert.Equal(SlotStatus.Abandoned, run.Run.EndOf(lost));
        }
    }

    private static string Name(int attempt) => attempt == 1 ? "a" : $"a#{attempt}";
}
