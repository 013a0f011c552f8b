using Executor.Core.Runs;
using Executor.Core.Tests.Runs;
using Executor.Core.Tests.Workflows;

namespace Executor.Core.Tests.Vectors;

/// <summary>
/// Conditions as a file writes them, and whether they fire after a task that succeeded, failed (also: was abandoned, or
/// cancelled alone) or timed out.
/// </summary>
[Trait("vector", "4")]
public sealed class TransitionVectors
{
    private const string Fire = "fire";
    private const string No = "–";
    private const string Error = "error";

    [Theory]
    [InlineData(null, Fire, Fire, Fire)]
    [InlineData("true", Fire, Fire, Fire)]
    [InlineData("false", No, No, No)]
    [InlineData("'{{ succeeded() }}' · 'succeeded()' · '{{ succeeded( ) }}'", Fire, No, No)]
    [InlineData("'{{ failed() }}'", No, Fire, No)]
    [InlineData("'{{ timed_out() }}'", No, No, Fire)]
    [InlineData("'{{ not succeeded() }}' · 'failed() or timed_out()'", No, Fire, Fire)]
    [InlineData("'not failed()'", Fire, No, Fire)]
    [InlineData("'succeeded() or failed()'", Fire, Fire, No)]
    [InlineData("'{{ succeeded() and result().x == 2 }}'", No, No, No)]
    [InlineData("'{{ succeeded() and result().x == 1 }}'", Fire, No, No)]
    [InlineData("'{{ result().x == 1 }}'", Fire, Fire, Fire)]
    [InlineData("'{{ result().nope == 1 }}'", Error, Error, Error)]
    [InlineData("'workflow.nope == 1'", Error, Error, Error)]
    [InlineData("'not parameters.flag'", No, No, No)]
    [InlineData("'parameters.flag'", Fire, Fire, Fire)]
    [InlineData("'{{ [] }}' · '{{ 0.0 }}' · '{{ \"\" }}' · '{{ {} }}'", No, No, No)]
    [InlineData("'{{ workflow.f }}' · '{{ workflow.n }}'", Fire, Fire, Fire)]
    public void A_condition_counts_as_a_whole_and_by_the_truth_of_its_value(
        string? conditions, string onSuccess, string onFailure, string onTimeout)
    {
        (SlotStatus End, string Expected)[] ends =
        [
            (SlotStatus.Completed, onSuccess), (SlotStatus.Failed, onFailure), (SlotStatus.Abandoned, onFailure),
            (SlotStatus.Cancelled, onFailure), (SlotStatus.Timeout, onTimeout),
        ];
        foreach (var condition in conditions?.Split('·') ?? new string?[] { null })
        {
            Assert.All(ends, end => Assert.Equal(end.Expected, After(end.End, condition)));
        }
    }

    [Theory]
    [InlineData("'{{ SUCCEEDED() }}'", "expr.unknown-function")]
    [InlineData("'{{ parameters.a }} == {{ parameters.b }}'", "when.mixed-text")]
    [InlineData("''", "when.empty")]
    public void What_is_no_condition_is_found_by_the_check(string condition, string code) =>
        Assert.StartsWith(code, Assert.Single(Texts.Checked(Text(condition))));

    [Fact]
    public void All_that_match_fire_in_written_order_and_see_what_was_published_before()
    {
        var run = Scenario.Of("""
            vars: {x: 0}
            tasks:
              - name: a
                action: core.noop
                next:
                  - {when: x == 0, publish: {x: 1}, do: [b, c, b]}
                  - {when: x == 0, do: e}
                  - {when: x == 1, publish: {x: 2}, do: [c, d]}
              - {name: b, action: core.noop, input: {x: "{{ x }}"}}
              - {name: c, action: core.noop, input: {x: "{{ x }}"}}
              - {name: d, action: core.noop, input: {x: "{{ x }}"}}
              - {name: e, action: core.noop}
            """).Succeed("a");

        Assert.Equal(["b", "c", "d"], run.Out);
        Assert.Equal(["""{"x":1}""", """{"x":1}""", """{"x":2}"""], run.Out.Select(slot => run.Input(slot).ToString()));
        Assert.Equal(2, run.Entries);
    }

    [Theory]
    [InlineData(SlotStatus.Completed, RunStatus.Failed)]
    [InlineData(SlotStatus.Failed, RunStatus.Completed)]
    public void An_error_in_a_condition_is_an_event_and_fails_the_run_only_of_a_task_that_succeeded(
        SlotStatus end, RunStatus expected)
    {
        var run = Scenario.OfFlow("""
            a -[result().nope]-> b
            a -*-> c
            """).End("a", end, "{}").Succeed("c");

        var failed = Assert.Single(run.Events.OfType<RunEvent.ConditionFailed>());
        Assert.Equal(("result().nope", "expr.unknown-name", 0), (failed.Expression, failed.Code, failed.Transition));
        Assert.True(failed is { Line: > 1, Column: > 1 });
        Assert.Equal(expected, run.Status);
        Assert.Equal(["a", "c"], run.Sent);
    }

    [Fact]
    public void An_error_in_what_is_published_sets_nothing_starts_nothing_and_fails_the_run()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: a, action: core.noop, next: [{publish: [x: 1, y: "{{ workflow.nope }}"], do: b}]}
              - {name: b, action: core.noop}
            """).Succeed("a");

        Assert.Equal((RunStatus.Failed, "(none)"), (run.Status, run.Variable("x")));
        Assert.Equal(["publish.error"], run.Problems);
        Assert.Equal(["a"], run.Sent);
    }

    [Fact]
    public void A_parameter_that_is_false_fires_nothing()
    {
        foreach (var end in new[] { SlotStatus.Completed, SlotStatus.Failed, SlotStatus.Timeout })
        {
            Assert.Equal(No, After(end, "'parameters.flag'", flag: "false"));
        }
    }

    private static string After(SlotStatus end, string? condition, string flag = "true")
    {
        var run = Scenario.Of(Text(condition), $$"""{"flag": {{flag}}, "a": 1, "b": 1}""");
        run.End("a", end, """{"x": 1}""", end == SlotStatus.Completed ? null : "boom");
        return run.Sent.Contains("b") ? Fire : run.Last.OfType<RunEvent.ConditionFailed>().Any() ? Error : No;
    }

    private static string Text(string? condition)
    {
        var when = condition is null ? "" : $"when: {condition}, ";
        return $$$"""
            parameters: {flag: {type: boolean}, a: {}, b: {}}
            vars: {f: "false", n: "no"}
            tasks:
              - {name: a, action: core.noop, next: [{ {{{when}}}do: b}]}
              - {name: b, action: core.noop}
            """;
    }
}
