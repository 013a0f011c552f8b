using Executor.Core.Explaining;
using Executor.Core.Runs;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Explaining;

/// <summary>One sentence for each thing that people ask about a task.</summary>
public sealed class ExplanationTests
{
    private const string Fork = """
        vars: {limit: 5}
        tasks:
          - name: a
            action: core.noop
            next:
              - when: succeeded() and result().n > workflow.limit
                do: big
              - when: succeeded() and result().n <= workflow.limit
                publish: {seen: "{{ result().n }}"}
                do: small
          - {name: big, action: core.noop}
          - {name: small, action: core.noop}
        """;

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
    public void A_run_begins_with_what_nothing_leads_to()
    {
        var run = Scenario.OfFlow("a -S-> b");

        Assert.Equal(
            "a/1 began at 2026-01-02 03:04:05Z, because nothing leads to 'a': a run begins with it.",
            Explained.Only(run, "a", SentenceKind.Opened));
    }

    [Fact]
    public void A_task_ran_because_of_a_transition_that_fired_with_the_values_that_its_condition_saw()
    {
        var run = Scenario.Of(Fork).Succeed("a", """{"n": 3}""");

        Assert.Equal(
            "small/1 began at 2026-01-02 03:04:05Z, because "
            + "transition 2 (when succeeded() and result().n <= workflow.limit) of a/1 led to it.",
            Explained.Only(run, "small", SentenceKind.Opened));
        Assert.Equal(
            "Transition 2 (when succeeded() and result().n <= workflow.limit) fired and led to small. "
            + "It saw succeeded() = true, result().n = 3, workflow.limit = 5. It set seen = 3.",
            Explained.Only(run, "a", SentenceKind.Fired));
        Assert.Equal(
            "Transition 1 (when succeeded() and result().n > workflow.limit) did not fire. "
            + "It saw succeeded() = true, result().n = 3, workflow.limit = 5.",
            Explained.Only(run, "a", SentenceKind.NotFired));
    }

    [Fact]
    public void A_task_did_not_run_and_who_could_have_led_to_it_says_why_not()
    {
        var run = Scenario.Of(Fork).Succeed("a", """{"n": 3}""").Succeed("small");

        Assert.Equal(
            [
                "NotReached: 'big' has not run, and will not: the run has ended. 'a' could have led to it.",
                "Missing: a/1 ended completed. Transition 1 (when succeeded() and result().n > workflow.limit) did not fire. "
                + "It saw succeeded() = true, result().n = 3, workflow.limit = 5.",
            ],
            Explained.Task(run, "big"));
    }

    [Fact]
    public void Conditions_see_variables_as_they_were_and_not_as_they_are_now()
    {
        var run = Scenario.Of("""
            vars: {n: 1}
            tasks:
              - name: a
                action: core.noop
                next:
                  - {when: workflow.n > 1, do: b}
                  - {publish: {n: 7}}
                  - {when: workflow.n > 9, do: b}
                  - {publish: {n: 10}, do: c}
              - {name: b, action: core.noop}
              - {name: c, action: core.noop, next: [{publish: {n: 99}}]}
            """).Succeed("a").Succeed("c");

        var told = Explained.Of(run, "a").Where(one => one.Kind == SentenceKind.NotFired).Select(one => one.Text);
        Assert.Equal(
            [
                "Transition 1 (when workflow.n > 1) did not fire. It saw workflow.n = 1.",
                "Transition 3 (when workflow.n > 9) did not fire. It saw workflow.n = 7.",
            ],
            told);
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
            "Attempt 1 of core.noop is out since 2026-01-02 03:04:05Z, for a worker of pool 'default'; the run ends it at 2026-01-02 ",
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
    public void A_condition_without_a_value_is_told_with_what_is_wrong_with_it()
    {
        var run = Scenario.OfFlow("a -[result().n > 1]-> b\na -*-> c").Succeed("a", "{}");

        Assert.Equal(
            "Transition 1 (when result().n > 1) did not fire, because it has no value: There is no field 'n'. "
            + "It saw result().n = (missing).",
            Explained.Only(run, "a", SentenceKind.ConditionFailed));
    }

    [Fact]
    public void A_variable_without_a_value_is_why_a_transition_did_not_fire()
    {
        var run = Scenario.Of("""
            tasks:
              - name: a
                action: core.noop
                next:
                  - {when: failed(), do: b}
                  - {publish: {x: "{{ result().n }}"}, do: b}
                  - {do: b}
              - {name: b, action: core.noop}
            """).Succeed("a", "{}");

        Assert.StartsWith(
            "Transition 2 matched, but did not fire: Task 'a' cannot publish 'x': ",
            Explained.Only(run, "a", SentenceKind.PublishFailed), StringComparison.Ordinal);
        Assert.StartsWith("Transition 1 ", Explained.Only(run, "a", SentenceKind.NotFired), StringComparison.Ordinal);
        Assert.Equal(
            "Transition 3 was not looked at, because the run was failing already.",
            Explained.Only(run, "a", SentenceKind.NotConsidered));
    }

    [Fact]
    public void In_a_decision_what_stands_behind_the_entry_that_fired_is_not_looked_at()
    {
        var run = Scenario.Of("""
            tasks:
              - name: a
                action: core.noop
                decision:
                  - {when: result().n > 5, next: b}
                  - {when: result().n > 2, next: c}
                  - {default: true, next: d}
              - {name: b, action: core.noop}
              - {name: c, action: core.noop}
              - {name: d, action: core.noop}
            """).Succeed("a", """{"n": 3}""");

        Assert.Contains("did not fire. It saw result().n = 3.", Explained.Only(run, "a", SentenceKind.NotFired), StringComparison.Ordinal);
        Assert.EndsWith(
            " was not looked at, because an entry before it in the same decision had fired.",
            Explained.Only(run, "a", SentenceKind.NotConsidered), StringComparison.Ordinal);
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
        var run = Scenario.OfFlow("a\nb").Cancel("enough");

        Assert.StartsWith(
            "Run: Run run-1 of test is canceling (enough) since 2026-01-02 03:04:05Z: 2 actions out, ",
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
            Explained.Of(run, "a").Select(one => one.Visit).Distinct());
        Assert.Equal(["s/1", "a/31"], Explained.Of(run, null).Where(one => one.Visit > 0).Select(one => $"{one.Task}/{one.Visit}").Distinct());
    }

    [Fact]
    public void A_task_that_is_none_is_not_explained() =>
        Assert.Null(Explanation.Of(new RunId("run-1"), Scenario.OfFlow("a").Journal, "b"));

    [Fact]
    public void Every_kind_of_sentence_is_told_by_a_test_of_this_class()
    {
        var source = File.ReadAllText(Path.Combine(
            House.Repository.Root, "tests", "Executor.Core.Tests", "Explaining", "ExplanationTests.cs"));

        Assert.All(
            Enum.GetNames<SentenceKind>(),
            kind => Assert.True(
                source.Contains($"SentenceKind.{kind}", StringComparison.Ordinal)
                || source.Contains($"\"{kind}: ", StringComparison.Ordinal), kind));
    }
}
