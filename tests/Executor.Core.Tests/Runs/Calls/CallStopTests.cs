using Executor.Core.Runs;
using Executor.Core.Tests.Reference;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Runs.Calls;

/// <summary>Cancel and timeout go down, ends come up, and nothing is left in between.</summary>
public sealed class CallStopTests
{
    private const string Library =
        """
        ref: lib.middle
        tasks:
          - {name: own, action: core.noop}
          - {name: deep, action: lib.leaf, next: [{do: then}]}
          - {name: then, action: core.noop}
        ---
        ref: lib.leaf
        tasks:
          - {name: work, action: core.noop, next: [{do: more}]}
          - {name: more, action: core.noop}
        """;

    private const string Main =
        """
        tasks:
          - {name: call, action: lib.middle, next: [{when: timed_out(), do: late}, {when: failed(), do: failure}]}
          - {name: side, action: lib.leaf, with_items: [1, 2, 3], concurrency: 2}
          - {name: late, action: core.noop}
          - {name: failure, action: core.noop}
        """;

    private const string One =
        """
        tasks:
          - {name: call, action: lib.middle, next: [{when: timed_out(), do: late}, {when: failed(), do: failure}]}
          - {name: late, action: core.noop}
          - {name: failure, action: core.noop}
        """;

    [Fact]
    public void Cancel_goes_down_to_the_last_run_and_what_runs_there_ends_by_itself()
    {
        var family = new Family(Library, One).Settle();

        family.Cancel(family.Main, "enough").Settle();
        Assert.All(family.Runs, run => Assert.Equal((RunStatus.Canceling, "enough"), (run.Status, run.CancelReason)));
        Assert.Empty(family.Stopped);
        family.Succeed(family.Run("call", "deep"), "work").Succeed(family.Run("call"), "own");

        Assert.All(family.Runs, run => Assert.Equal(RunStatus.Cancelled, run.Status));
        Assert.All(family.Runs, run => Assert.True(run.IsSettled));
        Assert.Equal(2, family.Runs.SelectMany(run => family.JournalOf(run)).SelectMany(entry => entry)
            .OfType<RunEvent.Dispatched>().Count(sent => !sent.IsCall));
    }

    [Fact]
    public void A_caller_that_stops_what_runs_stops_it_in_the_runs_that_it_has_called_whatever_their_policy()
    {
        var family = new Family(Library, "cancellation_policy: cancel_running\n" + One).Settle();

        family.Cancel(family.Main).Settle();

        Assert.Equal(["own", "work"], family.Stopped.Select(one => one.Slot.Task).Order());
    }

    [Fact]
    public void A_run_that_was_cancelled_by_itself_stops_what_runs_when_its_caller_wants_that()
    {
        var family = new Family(Library, "cancellation_policy: cancel_running\n" + One).Settle();
        family.Cancel(family.Run("call"), "by itself").Settle();
        Assert.Empty(family.Stopped);

        family.Cancel(family.Main, "later").Settle();

        Assert.Equal(["own", "work"], family.Stopped.Select(one => one.Slot.Task).Order());
        Assert.Equal("by itself", family.Run("call").CancelReason);
    }

    [Fact]
    public void A_stop_that_overtakes_the_call_leaves_a_run_that_began_cancelled_and_never_ran()
    {
        var family = new Family(Library, One);
        family.Cancel(family.Main);
        var (call, stop) = (family.Post[0].Effect, family.Post[1].Effect);
        Assert.True(call is RunEffect.Call { Stop: null } && stop is RunEffect.Call { Stop: not null });

        family.Deliver(1);
        family.Settle();

        Assert.Equal(["call/1/1 cancelled"], family.Called);
        Assert.Equal(RunStatus.Cancelled, family.Main.Status);
        Assert.Empty(family.Run("call").Graph!.Tasks.Where(task => family.Run("call").Visit(task.Name, 1) is not null));
        Assert.Null(Retelling.Difference([.. family.JournalOf(family.Run("call")).SelectMany(entry => entry)], family.Run("call")));
    }

    [Fact]
    public void A_called_run_that_is_cancelled_alone_has_failed_for_its_caller_which_goes_on()
    {
        var family = new Family(Library, One).Settle();

        family.Cancel(family.Run("call"), "not this one").Settle();
        family.Succeed(family.Run("call", "deep"), "work").Succeed(family.Run("call"), "own");

        Assert.Equal(SlotStatus.Cancelled, family.Main.Visit("call", 1)!.Status);
        Assert.Equal("Workflow cancelled: not this one", family.Main.Visit("call", 1)!.Error);
        Assert.True(family.Main.IsAwaited(new Slot("failure", 1, Slot.NoItem, 1)));
    }

    [Fact]
    public void The_timeout_of_the_calling_task_is_that_of_the_called_run_which_ends_by_it_alone()
    {
        var timed = One.Replace("lib.middle,", "lib.middle, timeout: 10,", StringComparison.Ordinal);
        var family = new Family(Library, timed).Settle();
        Assert.Null(family.Main.NextDue);

        family.After(9.5);
        Assert.Equal(RunStatus.Running, family.Run("call").Status);
        family.After(0.5).Settle();
        Assert.Equal(["own", "work"], family.Stopped.Select(one => one.Slot.Task).Order());
        Assert.Equal(RunStatus.Canceling, family.Run("call").Status);
        family.Succeed(family.Run("call", "deep"), "work").Succeed(family.Run("call"), "own");

        Assert.Equal(["call/1/1 timeout", "deep/1/1 cancelled"], family.Called);
        Assert.Equal("Workflow timed out after 10 seconds", family.Main.Visit("call", 1)!.Error);
        Assert.True(family.Main.IsAwaited(new Slot("late", 1, Slot.NoItem, 1)));
        Assert.False(family.Main.IsAwaited(new Slot("failure", 1, Slot.NoItem, 1)));
    }

    [Theory]
    [InlineData("timeout: 4", 4)]
    [InlineData("timeout: 40", 10)]
    public void Of_two_timeouts_the_earlier_ends_the_called_run(string own, int seconds)
    {
        const string leaf = "ref: lib.leaf\n{0}\ntasks: [{{name: work, action: core.noop}}]";
        var library = string.Format(System.Globalization.CultureInfo.InvariantCulture, leaf, own);
        var family = new Family(library, "tasks: [{name: call, action: lib.leaf, timeout: 10}]").Settle();

        Assert.Equal(family.Now.AddSeconds(seconds), family.Run("call").NextDue);
        family.After(seconds);
        family.Fail(family.Run("call"), "work");

        Assert.Equal($"Workflow timed out after {seconds} seconds", family.Main.Visit("call", 1)!.Error);
    }

    [Fact]
    public void A_run_that_is_called_too_late_times_out_as_soon_as_it_has_started()
    {
        var family = new Family(Library, "tasks: [{name: call, action: lib.leaf, timeout: 10}]");
        family.After(60).Settle();

        Assert.True(family.Run("call").NextDue <= family.Now);
        family.After(0);
        family.Succeed(family.Run("call"), "work");

        Assert.Equal(["call/1/1 timeout"], family.Called);
        Assert.Equal(SlotStatus.Timeout, family.Main.Visit("call", 1)!.Status);
    }

    [Fact]
    public void The_time_of_the_caller_s_run_stops_what_it_has_called()
    {
        var family = new Family(Library, "timeout: 5\n" + One).Settle();

        family.After(5).Settle();
        Assert.Equal(["own", "work"], family.Stopped.Select(one => one.Slot.Task).Order());
        family.Succeed(family.Run("call", "deep"), "work").Succeed(family.Run("call"), "own");

        Assert.Equal(RunStatus.Timeout, family.Main.Status);
        Assert.All(family.Runs.Where(run => run.Parent is not null), run => Assert.Equal(RunStatus.Cancelled, run.Status));
    }

    [Fact]
    [Trait("lesson", "6.1")]
    public void Whatever_is_lost_doubled_or_late_and_whenever_it_is_cancelled_all_runs_end_and_each_end_is_stored_once()
    {
        var ends = new HashSet<string>();
        for (var seed = 1UL; seed <= 150; seed++)
        {
            var dice = new Dice(seed);
            var family = new Family(Library, dice.OneIn(2) ? Main : "cancellation_policy: cancel_running\n" + Main);
            var cancelled = dice.Below(60);
            var steps = 0;
            do
            {
                if (steps == cancelled && !family.Main.HasEnded)
                {
                    family.Cancel(family.Main);
                }

                Assert.True(++steps < 2_000, $"Seed {seed} does not end.");
            }
            while (family.Step(dice));

            Assert.All(family.Runs, run => Assert.True(run.IsSettled));
            Assert.All(family.Runs, run => Assert.Empty(RunEffects.Open(run)));
            Assert.All(family.Runs, run => OnceEach(family.JournalOf(run)));
            ends.UnionWith(family.Called.Select(called => called.Split(' ')[1]));
        }

        Assert.Equal(["cancelled", "completed", "failed"], ends.Order());
    }

    private static void OnceEach(IReadOnlyList<RunEvent[]> journal)
    {
        var events = journal.SelectMany(entry => entry).ToList();
        var ended = events.OfType<RunEvent.ItemFinished>().Select(finished => finished.Slot).ToList();
        Assert.Equal(ended.Distinct().Count(), ended.Count);
        Assert.True(events.OfType<RunEvent.ParentTold>().Count() <= 1);
        Assert.Single(events.OfType<RunEvent.RunEnded>());
    }
}
