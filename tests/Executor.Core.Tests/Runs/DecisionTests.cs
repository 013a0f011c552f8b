using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

/// <summary>Of a decision the first entry that matches is taken, and no other.</summary>
public sealed class DecisionTests
{
    private const string Choice = """
        tasks:
          - name: a
            action: core.noop
            decision:
              - {default: true, next: other}
              - {when: "{{ result().v > 2 }}", next: many}
              - {when: "{{ result().v > 1 }}", next: [some, noop]}
          - {name: many, action: core.noop}
          - {name: some, action: core.noop}
          - {name: other, action: core.noop}
        """;

    [Theory]
    [InlineData("""{"v": 3}""", "many")]
    [InlineData("""{"v": 2}""", "some")]
    [InlineData("""{"v": 1}""", "other")]
    public void The_first_match_is_taken_and_the_default_only_without_one(string result, string taken)
    {
        var run = Scenario.Of(Choice).Succeed("a", result);

        Assert.Equal(["a", taken], run.Sent);
        Assert.Equal(RunStatus.Completed, run.Succeed(taken).Status);
    }

    [Fact]
    public void The_default_takes_failures_too_and_handles_them()
    {
        var run = Scenario.Of(Choice).Fail("a", result: """{"v": 0}""").Succeed("other");

        Assert.Equal(RunStatus.Completed, run.Status);
    }

    /// <summary>It does not match, and the entries behind it go on; that the run failed is told in the end.</summary>
    [Fact]
    public void A_condition_with_an_error_does_not_match()
    {
        var run = Scenario.Of(Choice).Succeed("a", """{"w": 3}""");

        Assert.Equal(["other"], run.Out);
        Assert.Equal(2, run.Events.OfType<RunEvent.ConditionFailed>().Count());
        Assert.Equal(RunStatus.Failed, run.Succeed("other").Status);
    }

    [Fact]
    public void Entries_beside_the_decision_fire_by_themselves()
    {
        var run = Scenario.Of("""
            tasks:
              - name: a
                action: core.noop
                publish: {x: 1}
                on_complete: b
                decision: [{when: workflow.x == 1, next: c}, {default: true, next: d}]
              - {name: b, action: core.noop}
              - {name: c, action: core.noop}
              - {name: d, action: core.noop}
            """);

        Assert.Equal(["b", "c"], run.Succeed("a").Out);
    }

    [Fact]
    public void A_failure_that_no_entry_takes_is_not_handled()
    {
        var run = Scenario.Of("""
            tasks:
              - name: a
                action: core.noop
                decision: [{when: succeeded(), next: noop}]
            """);

        Assert.Equal(RunStatus.Failed, run.Fail("a").Status);
    }
}
