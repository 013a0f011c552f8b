using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class PublishTests
{
    [Fact]
    [Trait("lesson", "2.4")]
    public void A_result_that_comes_three_times_publishes_once()
    {
        var run = Scenario.Of("""
            vars: {n: 1}
            tasks:
              - {name: a, action: core.noop, next: [{publish: {n: "{{ workflow.n + 1 }}"}, do: b}]}
              - {name: b, action: core.noop}
            """);
        var slot = run.SlotOf("a");
        run.Finish(slot, SlotStatus.Completed).Finish(slot, SlotStatus.Completed).Finish(slot, SlotStatus.Completed);
        Assert.Equal("2", run.Variable("n"));
    }

    [Fact]
    [Trait("lesson", "2.4")]
    public void A_publish_that_fails_sets_nothing_starts_nothing_and_fails_the_run()
    {
        var run = Scenario.Of("""
            tasks:
              - name: a
                action: core.noop
                next:
                  - {publish: {before: 1}, do: b}
                  - {publish: [{x: 1}, {y: "{{ workflow.nope }}"}], do: c}
                  - {do: d}
              - {name: b, action: core.noop}
              - {name: c, action: core.noop}
              - {name: d, action: core.noop}
            """);
        run.Succeed("a");
        Assert.Equal(["b"], run.Out);
        run.Succeed("b");
        Assert.Equal(("1", "(none)"), (run.Variable("before"), run.Variable("x")));
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(["publish.error"], run.Problems);
        Assert.Contains("'y'", run.Error);
    }

    [Fact]
    public void W5_Publishing_alone_handles_nothing_but_is_done()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: b, action: core.noop, next: [{when: failed(), publish: {why: "{{ error() }}"}}]}
            """);
        run.Fail("b");
        Assert.Equal("\"boom\"", run.Variable("why"));
        Assert.Equal("Workflow failed: 1 task(s) failed: b", run.Error);
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("1", "1")]
    [InlineData("1.5", "1.5")]
    [InlineData("[1]", "[1]")]
    [InlineData("{a: 1}", """{"a":1}""")]
    [InlineData("null", "null")]
    [InlineData("\"{{ result().n }}\"", "7")]
    public void W22_Published_values_keep_their_types(string yaml, string expected)
    {
        var run = Scenario.Of($$"""
            tasks:
              - name: a
                action: core.noop
                next:
                  - publish: {x: {{yaml}}}
            """);
        run.Succeed("a", """{"n": 7}""");
        Assert.Equal(expected, run.Variable("x"));
    }

    [Fact]
    public void W22_A_bare_name_publishes_the_whole_result_view()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: a, action: core.noop, next: [{publish: [x]}]}
            """);
        run.Succeed("a", """{"data": {"n": 1}}""");
        Assert.Equal("""{"data":{"n":1},"n":1}""", run.Variable("x"));
    }

    [Fact]
    public void W22_Entries_are_published_in_written_order_and_see_those_before()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: a, action: core.noop, next: [{publish: [{i: 1}, {j: "{{ workflow.i + 1 }}"}]}]}
            """);
        run.Succeed("a");
        Assert.Equal("2", run.Variable("j"));
    }

    [Fact]
    public void W24_Of_two_firing_transitions_the_later_wins_and_conditions_see_what_was_published_before()
    {
        var run = Scenario.Of("""
            vars: {x: 0}
            tasks:
              - name: a
                action: core.noop
                next:
                  - {publish: {x: 1}, do: b}
                  - {when: "workflow.x == 1", publish: {x: 2}, do: c}
              - {name: b, action: core.noop, input: {x: "{{ x }}"}}
              - {name: c, action: core.noop, input: {x: "{{ x }}"}}
            """);
        run.Succeed("a");
        Assert.Equal(("""{"x":1}""", """{"x":2}"""), (run.Input("b").ToString(), run.Input("c").ToString()));
        Assert.Equal("2", run.Variable("x"));
    }

    [Fact]
    public void W24_Across_tasks_the_later_decision_wins()
    {
        foreach (var order in Permutations.Of("a", "b"))
        {
            var run = Scenario.Of("""
                tasks:
                  - {name: a, action: core.noop, next: [{publish: {x: a}}]}
                  - {name: b, action: core.noop, next: [{publish: {x: b}}]}
                """);
            run.Succeed(order[0]).Succeed(order[1]);
            Assert.Equal($"\"{order[1]}\"", run.Variable("x"));
        }
    }

    [Fact]
    public void A_visit_that_was_delayed_renders_what_it_saw_when_it_opened()
    {
        var run = Scenario.Of("""
            vars: {x: 1}
            tasks:
              - {name: late, action: core.noop, delay: 10, input: {x: "{{ x }}"}}
              - {name: a, action: core.noop, next: [{publish: {x: 2}}]}
            """);
        run.Succeed("a").After(10);
        Assert.Equal("""{"x":1}""", run.Input("late").ToString());
    }
}
