using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Runs.Calls;

/// <summary>A pause goes down to the runs that were called, and its end too, whatever arrives late or twice.</summary>
[Trait("lesson", "5.9")]
public sealed class CallPauseTests
{
    private const string Library =
        """
        ref: lib.middle
        tasks:
          - {name: own, action: core.noop, next: [{do: later}]}
          - {name: deep, action: lib.leaf, next: [{do: then}]}
          - {name: later, action: core.noop}
          - {name: then, action: core.noop}
        ---
        ref: lib.leaf
        tasks:
          - {name: work, action: core.noop, next: [{do: more}]}
          - {name: more, action: core.noop}
        """;

    private const string One = "tasks: [{name: call, action: lib.middle, next: [{do: end}]}, {name: end, action: core.noop}]";

    [Fact]
    public void What_runs_below_ends_and_nothing_follows_there_before_the_first_run_is_resumed()
    {
        var family = new Family(Library, One).Settle();

        family.Pause(family.Main).Settle();
        family.Succeed(family.Run("call", "deep"), "work").Succeed(family.Run("call"), "own");

        Assert.All(family.Runs, run => Assert.Equal(RunStatus.Paused, run.Status));
        Assert.Equal($"Its caller {family.Main.Id} is paused.", family.Run("call").PauseReason);
        Assert.Equal(["own", "work"], family.Sent);
        family.Resume(family.Main).Settle();
        Assert.All(family.Runs, run => Assert.Equal(RunStatus.Running, run.Status));
        Assert.Equal(["later", "more", "own", "work"], family.Sent);
        family.Succeed(family.Run("call", "deep"), "more").Succeed(family.Run("call"), "later");
        family.Succeed(family.Run("call"), "then").Succeed(family.Main, "end");
        Assert.All(family.Runs, run => Assert.Equal((RunStatus.Completed, true), (run.Status, run.IsSettled)));
    }

    [Fact]
    public void A_run_whose_caller_was_paused_before_it_heard_of_its_start_begins_paused()
    {
        var family = new Family(Library, One);
        family.Pause(family.Main);
        family.Deliver(1);
        family.Settle();

        Assert.Equal(["call/1/1 paused"], family.Called);
        Assert.Empty(family.Sent);
        family.Resume(family.Main).Settle();
        Assert.Equal(["own", "work"], family.Sent);
    }

    [Fact]
    public void A_run_that_never_began_is_cancelled_like_any_other()
    {
        var family = new Family(Library, One);
        family.Pause(family.Main);
        family.Deliver(1);
        family.Settle().Cancel(family.Main).Settle();

        Assert.Equal(["call/1/1 cancelled"], family.Called);
        Assert.Equal(RunStatus.Cancelled, family.Main.Status);
    }

    [Fact]
    public void A_pause_that_arrives_after_its_end_changes_nothing()
    {
        var family = new Family(Library, One).Settle();
        family.Pause(family.Main);
        var late = family.Post[0];
        family.Resume(family.Main).Settle();
        Assert.Equal(RunStatus.Running, family.Run("call").Status);

        family.Post.Add(late);
        family.Settle();

        Assert.Equal((RunStatus.Running, 2), (family.Run("call").Status, family.Run("call").CallerTurn));
        family.Post.Add(late);
        family.Pause(family.Main);
        Assert.All(family.Settle().Runs, run => Assert.True(run.IsPaused));
    }

    [Fact]
    public void A_called_run_that_is_paused_or_resumed_alone_obeys_until_its_caller_says_something_new()
    {
        var family = new Family(Library, One).Settle();

        family.Pause(family.Run("call")).Settle();
        Assert.Equal((false, true, true), Paused(family));
        family.Pause(family.Main).Settle();
        family.Crash();
        family.Settle().Resume(family.Run("call")).Settle();
        Assert.Equal((true, false, false), Paused(family));
        family.Crash();
        family.Settle();
        Assert.Equal((true, false, false), Paused(family));
        family.Resume(family.Main).Settle();
        Assert.Equal((false, false, false), Paused(family));
    }

    [Fact]
    public void The_time_of_a_called_run_that_was_up_meanwhile_ends_it_when_it_goes_on()
    {
        var timed = One.Replace("lib.middle,", "lib.middle, timeout: 10,", StringComparison.Ordinal);
        var family = new Family(Library, timed).Settle();
        family.Pause(family.Main).Settle().After(60).Settle();
        Assert.Equal(RunStatus.Pausing, family.Run("call").Status);

        family.Resume(family.Main).Settle();
        family.Succeed(family.Run("call", "deep"), "work").Succeed(family.Run("call"), "own");

        Assert.Equal(["call/1/1 timeout", "deep/1/1 cancelled"], family.Called);
        Assert.Equal(["end", "own", "work"], family.Sent);
    }

    [Fact]
    public void Whatever_is_lost_late_or_twice_nothing_starts_in_a_settled_pause_and_all_ends_after_it()
    {
        for (var seed = 1UL; seed <= 300; seed++)
        {
            var dice = new Dice(seed);
            var family = new Family(Library, One);
            for (var pauses = dice.Below(4); pauses > 0; pauses--)
            {
                for (var steps = dice.Below(12); steps > 0 && family.Step(dice);)
                {
                    steps--;
                }

                if (!family.Main.HasEnded)
                {
                    PauseFor(family, dice);
                }
            }

            while (family.Step(dice))
            {
            }

            Assert.All(family.Settle().Runs, run => Assert.True(run.IsSettled, $"seed {seed}: {run.Id} {run.Status}"));
        }
    }

    /// <summary>Once everybody has heard of it nothing starts, whatever happens; then it goes on.</summary>
    private static void PauseFor(Family family, Dice dice)
    {
        var runs = family.Runs.Where(run => !run.HasEnded).ToList();
        var paused = dice.OneIn(2) ? family.Main : runs[dice.Below(runs.Count)];
        family.Pause(paused);
        var below = paused.Id == family.Main.Id ? Settled(family) : -1;
        for (var steps = dice.Below(12); steps > 0; steps--)
        {
            family.Step(dice);
        }

        Assert.True(below < 0 || family.Sent.Length == below, "something has started during the pause");
        family.Resume(paused);
    }

    private static int Settled(Family family) => family.Settle().Sent.Length;

    private static (bool Main, bool Middle, bool Leaf) Paused(Family family) =>
        (family.Main.IsPaused, family.Run("call").IsPaused, family.Run("call", "deep").IsPaused);
}
