using Executor.Core.Explaining;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Explaining;

/// <summary>A run that was cancelled, or whose time was up, has not failed: what is said of it says so.</summary>
public sealed class StoppedRunTests
{
    [Fact]
    public void What_was_cancelled_would_have_failed_and_has_not()
    {
        var run = Scenario.OfFlow("bad\nslow").Fail("bad").After(60).Cancel();

        Assert.Equal("It would have failed because: Task 'bad' ended failed: boom [task.failed]", Problem(run));
        Assert.Equal(
            "No transition led on from this end: had the run not been cancelled, it would have failed.",
            Explained.Only(run, "bad", SentenceKind.Unhandled));
        run.Succeed("slow");
        Assert.StartsWith("Run run-1 of test ended cancelled at ", Explained.Of(run, null).First().Text, StringComparison.Ordinal);
        Assert.Equal("It would have failed because: Task 'bad' ended failed: boom [task.failed]", Problem(run));
        Assert.EndsWith(
            ": had the run not been cancelled, it would have failed.",
            Explained.Only(run, "bad", SentenceKind.Unhandled), StringComparison.Ordinal);
    }

    [Fact]
    public void What_timed_out_is_told_with_that_and_with_what_would_have_made_it_fail()
    {
        var run = Scenario.OfFlow("bad\nslow", "timeout: 90").Fail("bad").After(90);

        string[] told =
        [
            "Problem: It would have failed because: Task 'bad' ended failed: boom [task.failed]",
            "Problem: It was stopped because: The run timed out after 90 seconds. [run.timeout]",
        ];
        Assert.Equal(told, Explained.Run(run)[1..]);
        Assert.Equal(
            "No transition led on from this end: had the run not timed out, it would have failed.",
            Explained.Only(run, "bad", SentenceKind.Unhandled));
        run.End("slow", Core.Runs.SlotStatus.Cancelled);
        Assert.StartsWith("Run: Run run-1 of test ended timeout at ", Explained.Run(run)[0], StringComparison.Ordinal);
        Assert.Equal(told, Explained.Run(run)[1..]);
    }

    [Fact]
    public void What_goes_on_will_fail()
    {
        var run = Scenario.OfFlow("bad\nslow").Fail("bad");

        Assert.Equal("It will fail because: Task 'bad' ended failed: boom [task.failed]", Problem(run));
        Assert.Equal(
            "No transition leads on from this end, so the run will fail.", Explained.Only(run, "bad", SentenceKind.Unhandled));
    }

    [Fact]
    public void A_run_is_canceling_since_that_was_asked_for_and_not_since_its_start()
    {
        var run = Scenario.OfFlow("a\nb").After(60).Cancel("enough").After(60);

        Assert.StartsWith(
            "Run: Run run-1 of test, started at 2026-01-02 03:04:05Z, is canceling (enough) since 2026-01-02 03:05:05Z: 2 actions out",
            Assert.Single(Explained.Run(run)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_time_is_up_is_canceling_since_then()
    {
        var run = Scenario.OfFlow("a\nb", "timeout: 60").After(60).After(60);

        Assert.StartsWith(
            "Run: Run run-1 of test, started at 2026-01-02 03:04:05Z, is canceling (it timed out) since 2026-01-02 03:05:05Z: 2 actions out",
            Explained.Run(run)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "was being cancelled")]
    [InlineData("timeout: 60", "had timed out")]
    public void What_ended_while_the_run_was_stopping_says_why_no_transition_was_looked_at(string header, string why)
    {
        var run = Scenario.OfFlow("a -S-> b\nalone", header).After(60).Cancel().Succeed("a").Succeed("alone");

        Assert.Equal(
            $"The run {why} by then, so no transition was looked at.", Explained.Only(run, "a", SentenceKind.NotConsidered));
        Assert.Equal(
            [
                "NotReached: 'b' has not run, and will not: the run has ended. 'a' could have led to it.",
                $"Missing: a/1 ended completed. The run {why} by then, so no transition was looked at.",
            ],
            Explained.Task(run, "b"));
        Assert.DoesNotContain(Explained.Of(run, "alone"), one => one.Kind == SentenceKind.NotConsidered);
    }

    [Fact]
    public void What_failed_while_the_run_was_stopping_says_why_it_was_not_tried_again()
    {
        var run = Scenario.OfFlow("a: retry: {count: 2}").Cancel().Fail("a");

        Assert.Equal(
            "Attempt 1 ended failed: boom. No other follows, because the run was being cancelled.",
            Explained.Only(run, "a", SentenceKind.Attempt));
    }

    private static string Problem(Scenario run) => Assert.Single(Explained.Of(run, null), one => one.Kind == SentenceKind.Problem).Text;
}
