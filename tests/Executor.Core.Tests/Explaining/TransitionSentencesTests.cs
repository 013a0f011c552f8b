using Executor.Core.Explaining;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Explaining;

/// <summary>Why a transition led on or did not, with the values that its condition saw.</summary>
public sealed class TransitionSentencesTests
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
    public void A_join_that_nobody_has_reached_names_all_whom_it_needs()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: a, action: core.noop, next: [{when: succeeded(), do: both}]}
              - {name: b, action: core.noop, next: [{when: succeeded(), do: both}]}
              - {name: both, action: core.noop, join: all}
            """).Fail("a", "no").Fail("b", "no");

        Assert.Contains(
            "NotReached: 'both' has not run, and will not: the run has ended. It joins 2 of 2 tasks: 'a', 'b'.",
            Explained.Task(run, "both"));
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
}
