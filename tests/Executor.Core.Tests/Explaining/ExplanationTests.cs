using Executor.Core.Explaining;
using Executor.Core.Runs;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Explaining;

/// <summary>One sentence for each thing that people ask about a task.</summary>
public sealed class ExplanationTests
{
    [Fact]
    public void What_stands_inside_a_parallel_task_began_with_it_and_that_ends_after_it()
    {
        var run = Scenario.Of(
            "tasks: {p: {type: parallel, tasks: {x: {action: x.y}, y: {action: x.y, next: [{when: failed(), do: continue}]}}}}");

        Assert.EndsWith("with p/1, inside of which it stands.", Explained.Only(run, "x", SentenceKind.Opened), StringComparison.Ordinal);
        Assert.Equal("It ends after those inside: y.", Explained.Only(run.Succeed("x"), "p", SentenceKind.AtWork));
        run.Succeed("y");
        Assert.EndsWith("Of 2 tasks 2 succeeded.", Explained.Only(run, "p", SentenceKind.Ended), StringComparison.Ordinal);
        Assert.Contains("did not fire", Explained.Only(run, "y", SentenceKind.NotFired), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_rerun_keeps_is_told_with_the_run_that_did_it()
    {
        var origin = Scenario.OfFlow("a -S-> t\nt: with_items: [x, y]\nt: concurrency: 2\nt -S-> end\nt -F-> other");
        origin.Succeed("a").Succeed("t[0]").Fail("t[1]").Succeed("other");

        var again = origin.AgainItems().Succeed("t[1]");

        Assert.Equal(
            "It is kept from run run-1, of which this run is a rerun: nothing of it ran here.",
            Explained.Only(again, "a", SentenceKind.Kept));
        Assert.Equal(
            "1 of its 2 items is kept from run run-1, of which this run is a rerun; it goes on from there.",
            Explained.Only(again, "t", SentenceKind.Kept));
        Assert.Contains("Transition 1 (when succeeded()) fired and led to t.", Explained.Only(again, "a", SentenceKind.Fired), StringComparison.Ordinal);
        Assert.Contains("end/1 began at", Explained.Only(again, "end", SentenceKind.Opened), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_attempt_that_did_not_succeed_says_how_it_ended_and_whether_another_followed()
    {
        var run = Scenario.OfFlow("a: retry: {count: 2, delay: 60}").Fail("a", "busy").After(60).TimeOut("a#2").After(60);

        Assert.Equal(
            [
                "Attempt 1 ended failed: busy. The next one was due at 2026-01-02 03:05:05Z.",
                "Attempt 2 ended timeout: Execution timed out. The next one was due at 2026-01-02 03:06:05Z.",
            ],
            Explained.All(run, "a", SentenceKind.Attempt));
        run.Fail("a#3", "broken");
        Assert.Equal("Attempt 3 ended failed: broken. It was the last of 3.", Explained.All(run, "a", SentenceKind.Attempt)[2]);
    }

    [Theory]
    [InlineData("contains(error(), 'busy')", "retry.when (contains(error(), 'busy')) was not true. It saw error() = \"broken\".")]
    [InlineData("result().nope > 1", "retry.when has no value: There is no field 'nope'.")]
    public void Why_no_attempt_follows_is_told_with_what_the_condition_saw(string condition, string why)
    {
        var run = Scenario.OfFlow($"a: retry: {{count: 2, when: \"{condition}\"}}\na -F-> b").Fail("a", "broken", "{}");

        Assert.Equal(
            $"Attempt 1 ended failed: broken. No other follows, because {why}",
            Explained.Only(run, "a", SentenceKind.Attempt));
    }

    [Fact]
    public void A_repeat_that_could_not_be_says_so()
    {
        var run = Scenario.OfFlow("a -S-> b\nb: input: {v: '{{ task.a.nope }}'}\nb -F-> retry").Succeed("a", "{}");

        Assert.Equal(
            "'retry' repeats nothing that failed before anything was dispatched. "
            + "No transition led on from this end, so the run failed.",
            Explained.Only(run, "b", SentenceKind.Unhandled));
    }

    [Fact]
    public void Items_that_did_not_succeed_are_named()
    {
        var run = Scenario.OfFlow("t: with_items: [x, y]\nt: concurrency: 2").Succeed("t[0]").Fail("t[1]", "no such host");

        Assert.Equal("Attempt 1 of item 1 ended failed: no such host.", Explained.Only(run, "t", SentenceKind.Attempt));
    }

    [Fact]
    public void A_run_begins_with_what_nothing_leads_to()
    {
        var run = Scenario.OfFlow("a -S-> b");

        Assert.Equal(
            "a/1 began at 2026-01-02 03:04:05Z, because nothing leads to 'a': a run begins with it.",
            Explained.Only(run, "a", SentenceKind.Opened));
    }

    [Fact]
    public void A_join_waits_for_those_that_have_not_come_and_says_why()
    {
        var run = Scenario.OfFlow("a -*-> j\nb -S-> j\nc -*-> j\nd -*-> c\nj: join: all").Succeed("a").Fail("b");

        Assert.Equal(
            [
                "Waits: j/1 waits: it joins 3 of 3 tasks. Arrived: a/1; missing: b, c.",
                "Missing: b/1 ended failed: boom. Transition 1 (when succeeded()) did not fire. It saw succeeded() = false.",
                "Missing: 'c' has not run either.",
            ],
            Explained.Task(run, "j"));
        run.Succeed("d");
        Assert.Contains("Missing: c/1 has not ended yet.", Explained.Task(run, "j"));
        run.Succeed("c");
        Assert.Equal(
            "j/1 has never begun: it joins 3 of 3 tasks. Arrived: a/1, c/1; missing: b.",
            Explained.Only(run, "j", SentenceKind.Waits));
        Assert.Contains(
            "Problem: It failed because: Join 'j' waits for 3 tasks; arrived: a, c; missing: b. [join.unreachable]",
            Explained.Run(run));
    }

    [Fact]
    public void A_join_began_with_the_last_arrival_and_absorbs_what_comes_later()
    {
        var run = Scenario.OfFlow("a -*-> j\nb -*-> j\nc -*-> j\nj: join: 2").Succeed("a").Succeed("c").Succeed("b");

        Assert.Equal(
            "j/1 began at 2026-01-02 03:04:05Z, because 2 of the 3 tasks that lead to it had arrived: "
            + "transition 1 of a/1, transition 1 of c/1.",
            Explained.Only(run, "j", SentenceKind.Opened));
        Assert.Equal(
            "transition 1 of b/1 led here, too, and j/1 took that up.", Explained.Only(run, "j", SentenceKind.Merged));
    }

    [Fact]
    public void A_task_was_skipped_by_its_own_condition()
    {
        var run = Scenario.OfFlow("a: when: 'vars.n > 1'", "vars: {n: 1}");

        Assert.Equal(
            "It was skipped: its condition (vars.n > 1) was not true. It saw workflow.n = 1.",
            Explained.Only(run, "a", SentenceKind.Skipped));
    }

    [Fact]
    public void A_task_waits_for_its_delay_its_retry_or_for_room()
    {
        var run = Scenario.OfFlow(
            "a: delay: 60\nb: retry: {count: 1, delay: 30}\nc\nd", "max_parallel: 2").Fail("b");

        Assert.Equal(
            "It waits until 2026-01-02 03:05:05Z, because of its delay.", Explained.Only(run, "a", SentenceKind.Delayed));
        Assert.Equal("Attempt 2 begins at 2026-01-02 03:04:35Z.", Explained.Only(run, "b", SentenceKind.Delayed));
        run = Scenario.OfFlow("a\nb\nc", "max_parallel: 2");
        Assert.Equal(
            "It waits in line: the run may have 2 out at a time (max_parallel).",
            Explained.Only(run, "c", SentenceKind.Held));
    }

    [Fact]
    public void A_task_is_at_work_with_an_attempt_or_with_items()
    {
        var run = Scenario.OfFlow("a: timeout: 10\nb: with_items: [1, 2, 3, 4]\nb: concurrency: 2").Succeed("b[1]");

        Assert.StartsWith(
            "Attempt 1 of core.noop is out since 2026-01-02 03:04:05Z, for a worker of pool 'default', "
            + "which has 10 seconds from when it begins; the run waits for it until 2026-01-02 ",
            Explained.Only(run, "a", SentenceKind.AtWork), StringComparison.Ordinal);
        Assert.Equal(
            "2 of its 4 items are out, 1 ended, 1 not begun; at most 2 at a time.",
            Explained.Only(run, "b", SentenceKind.AtWork));
    }

    [Fact]
    public void An_end_is_told_with_its_error_and_that_nothing_led_on_from_it()
    {
        var run = Scenario.OfFlow("a -S-> b\na: retry: {count: 1}").Fail("a").Fail("a#2");

        Assert.Equal(
            "It ended at 2026-01-02 03:04:05Z, after 2 attempts: failed: boom.", Explained.Only(run, "a", SentenceKind.Ended));
        Assert.Equal(
            "No transition led on from this end, so the run failed.", Explained.Only(run, "a", SentenceKind.Unhandled));
        Assert.Equal(
            [
                "Run: Run run-1 of test ended failed at 2026-01-02 03:04:05Z. Workflow failed: 1 task(s) failed: a.",
                "Problem: It failed because: Task 'a' ended failed: boom [task.failed]",
            ],
            Explained.Run(run));
    }

    [Fact]
    public void The_items_of_an_ended_task_are_counted()
    {
        var run = Scenario.OfFlow("a: with_items: [1, 2, 3]\na: concurrency: 3").Succeed("a[0]").Fail("a[1]").TimeOut("a[2]");

        Assert.EndsWith(
            "Of 3 items 1 succeeded, 1 failed, 1 timed out.", Explained.Only(run, "a", SentenceKind.Ended),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_failed_as_it_opened_was_never_dispatched()
    {
        var run = Scenario.OfFlow("a: 'input: {x: \"{{ parameters.n }}\"}'".Replace("'", "", StringComparison.Ordinal));

        Assert.Contains(
            ", before anything was dispatched: failed: ", Explained.Only(run, "a", SentenceKind.Ended),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_retry_lets_a_task_go_on()
    {
        var run = Scenario.OfFlow("a -F-> retry\na -S-> b").Fail("a");

        Assert.Equal(
            "A transition said 'retry' at 2026-01-02 03:04:05Z, so it ran again.",
            Explained.Only(run, "a", SentenceKind.Repeated));
        Assert.DoesNotContain(Explained.Of(run, "a"), one => one.Kind == SentenceKind.Ended);
    }

    [Fact]
    public void A_run_that_goes_on_says_what_is_out_and_why_it_was_cancelled()
    {
        var run = Scenario.OfFlow("a\nb").After(60).Cancel("enough");

        Assert.StartsWith(
            "Run: Run run-1 of test, started at 2026-01-02 03:04:05Z, is canceling (enough) since 2026-01-02 03:05:05Z: 2 actions out, ",
            Assert.Single(Explained.Run(run)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_visits_the_latest_are_told_and_of_the_whole_run_one_for_each_task()
    {
        var run = Scenario.OfFlow("s -*-> a\na -S-> a").Succeed("s");
        for (var lap = 1; lap <= 30; lap++)
        {
            run.Succeed(lap == 1 ? "a" : $"a/{lap}");
        }

        Assert.Equal(
            Enumerable.Range(31 - Explanation.MostVisits + 1, Explanation.MostVisits),
            Explained.Of(run, "a").Where(one => one.Kind != SentenceKind.LeftOut).Select(one => one.Visit).Distinct());
        Assert.Equal(["s/1", "a/31"], Explained.Of(run, null).Where(one => one.Visit > 0).Select(one => $"{one.Task}/{one.Visit}").Distinct());
    }

    [Fact]
    public void A_task_that_is_none_is_not_explained() =>
        Assert.Null(Explanation.Of(new RunId("run-1"), Scenario.OfFlow("a").Journal, "b"));

    [Fact]
    public void Every_kind_of_sentence_is_told_by_a_test_beside_this_one()
    {
        var source = string.Concat(Directory.GetFiles(
            Path.Combine(House.Repository.Root, "tests", "Executor.Core.Tests", "Explaining"), "*Tests.cs").Select(File.ReadAllText));

        Assert.All(
            Enum.GetNames<SentenceKind>(),
            kind => Assert.True(
                source.Contains($"SentenceKind.{kind}", StringComparison.Ordinal)
                || source.Contains($"\"{kind}: ", StringComparison.Ordinal), kind));
    }
}
