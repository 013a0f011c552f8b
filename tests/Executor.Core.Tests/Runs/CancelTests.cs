using CsCheck;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class CancelTests
{
    [Fact]
    public void A_task_that_ends_before_it_obeys_keeps_its_result()
    {
        var run = Scenario.OfFlow("a", "cancellation_policy: cancel_running\noutput_map: {r: \"{{ task.a }}\"}");
        run.Cancel().Succeed("a", "7");
        Assert.Equal(["a/1 completed"], run.Visits);
        Assert.Equal("""{"r":7}""", run.Run.Output.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [Trait("lesson", "5.2")]
    public void The_run_is_cancelled_in_the_decision_that_closes_its_last_open_slot(int open)
    {
        var run = Scenario.OfFlow("""
            t0: retry: {count: 1, delay: 60}
            t1: retry: {count: 1, delay: 60}
            t2: retry: {count: 1, delay: 60}
            """);
        for (var task = open; task < 3; task++)
        {
            run.Fail($"t{task}");
        }

        run.Cancel();
        for (var task = 0; task < open; task++)
        {
            Assert.False(run.Run.HasEnded);
            run.Succeed($"t{task}");
        }

        Assert.IsType<RunEvent.RunEnded>(run.Last[^1]);
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal(3 - open, run.Visits.Count(visit => visit.EndsWith(" cancelled", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("lesson", "5.5")]
    public void Retries_delays_held_slots_and_undispatched_items_end_at_once()
    {
        var run = Scenario.OfFlow("""
            retried: retry: {count: 3, delay: 60}
            delayed: delay: 60
            items: with_items: [1, 2, 3, 4]
            items: concurrency: 2
            held
            """, "max_parallel: 3");
        run.Fail("retried");
        Assert.Equal(["items[0]", "items[1]", "held"], run.Out);
        var other = Scenario.OfFlow("a\nb\nc", "max_parallel: 1").Cancel();
        Assert.Equal(["a/1 running", "b/1 cancelled", "c/1 cancelled"], other.Visits);
        run.Cancel().Succeed("items[1]").Succeed("items[0]").Succeed("held");
        Assert.Equal(
            ["retried/1 cancelled", "delayed/1 cancelled", "items/1 cancelled", "held/1 completed"], run.Visits);
        Assert.Equal(new ItemCounts(4, Succeeded: 2, Cancelled: 2), RunView.Of(run.Run).Visits[2].Items);
        Assert.Empty(run.Run.Dues);
    }

    [Fact]
    [Trait("lesson", "5.1")]
    public void Nothing_starts_and_nothing_is_published_after_a_cancel_at_any_step()
    {
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 1_000_000].Array[60]).Sample(
            (cancelAt, choices) =>
            {
                var run = Scenario.Of(Flow.Of("""
                    s -S-> a, t
                    a: retry: {count: 2, delay: 1}
                    a -*-> j
                    t: with_items: [1, 2, 3, 4]
                    t: concurrency: 2
                    t: retry: {count: 1, delay: 2}
                    t -*-> j
                    j: join: all
                    j: delay: 3
                    j -*-> e
                    """, "max_parallel: 3"));
                var cancelled = -1;
                for (var step = 0; !run.Run.HasEnded; step++)
                {
                    if (step == cancelAt)
                    {
                        cancelled = run.Entries;
                        run.Cancel();
                        continue;
                    }

                    var choice = choices[step % choices.Length] + step;
                    _ = run.Out.Length == 0 || choice % 4 == 0
                        ? run.After(1)
                        : choice % 3 == 0 ? run.Fail(run.Out[choice % run.Out.Length])
                        : run.Succeed(run.Out[choice % run.Out.Length]);
                }

                if (cancelled >= 0)
                {
                    var events = run.Events.SkipWhile(happened => happened is not RunEvent.CancelRequested).ToList();
                    Assert.DoesNotContain(events, happened => happened is RunEvent.Dispatched);
                    Assert.DoesNotContain(events, happened => happened is RunEvent.TransitionFired);
                    Assert.DoesNotContain(events, happened => happened is RunEvent.VisitOpened);
                    Assert.Equal(RunStatus.Cancelled, run.Status);
                }
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void Deadlines_stay_armed_so_that_a_dead_worker_cannot_hold_the_run()
    {
        var limits = RunLimits.Default with { StartAllowance = TimeSpan.FromSeconds(5) };
        var run = Scenario.OfFlow("a: timeout: 10", limits: limits);
        run.Cancel().After(15);
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal(["a/1 timeout"], run.Visits);
    }

    [Fact]
    public void A_visit_with_items_is_cancelled_after_a_cancel_even_when_its_items_succeed()
    {
        var run = Scenario.OfFlow("""
            t: with_items: [1, 2]
            t: concurrency: 2
            """);
        run.Cancel().Succeed("t[0]").Succeed("t[1]");
        Assert.Equal(["t/1 cancelled"], run.Visits);
    }

    [Fact]
    public void A_second_cancel_is_an_empty_decision_and_one_after_the_end_is_refused()
    {
        var run = Scenario.OfFlow("a");
        run.Cancel().Cancel();
        Assert.Empty(run.Last);
        Assert.Null(run.Refusal);
        run.Succeed("a").Cancel();
        Assert.Equal("run.ended", run.Refusal?.Code);
    }

    [Fact]
    public void A_failing_run_can_be_cancelled()
    {
        var run = Scenario.OfFlow("""
            a -S-> fail
            b
            """);
        run.Succeed("a").Cancel().Succeed("b");
        Assert.Equal(RunStatus.Cancelled, run.Status);
    }

    [Fact]
    public void After_recovery_a_cancelled_run_repeats_its_withdrawals_and_sends_nothing()
    {
        var run = Scenario.OfFlow("a\nb", "cancellation_policy: cancel_running");
        var sends = RunEffects.Open(run.Run).Cast<RunEffect.Send>();
        Assert.Equal(["a", "b"], sends.Select(send => send.Request.Slot.Task));
        run.Cancel();
        Assert.Equal(
            ["a", "b"], RunEffects.Open(run.Run).Cast<RunEffect.Withdraw>().Select(withdraw => withdraw.Slot.Task));
    }

    private static IEnumerable<RunEffect.Withdraw> Withdrawals(Scenario run) =>
        RunEffects.Of(run.Run, run.Last).OfType<RunEffect.Withdraw>();
}
