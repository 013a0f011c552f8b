using Executor.Core.Runs;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Vectors;

public sealed class DataOutcomes
{
    [Theory]
    [Trait("vector", "W22")]
    [InlineData("true", "true")]
    [InlineData("1", "1")]
    [InlineData("1.5", "1.5")]
    [InlineData("[1]", "[1]")]
    [InlineData("{a: 1}", """{"a":1}""")]
    [InlineData("null", "null")]
    [InlineData("\"{{ result().n }}\"", "7")]
    public void Published_values_keep_their_types(string yaml, string expected)
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
    [Trait("vector", "W22")]
    public void A_bare_name_publishes_the_whole_result_view()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: a, action: core.noop, next: [{publish: [x]}]}
            """);
        run.Succeed("a", """{"data": {"n": 1}}""");
        Assert.Equal("""{"data":{"n":1},"n":1}""", run.Variable("x"));
    }

    [Fact]
    [Trait("vector", "W22")]
    public void Entries_are_published_in_written_order_and_see_those_before()
    {
        var run = Scenario.Of("""
            tasks:
              - {name: a, action: core.noop, next: [{publish: [{i: 1}, {j: "{{ workflow.i + 1 }}"}]}]}
            """);
        run.Succeed("a");
        Assert.Equal("2", run.Variable("j"));
    }

    [Fact]
    [Trait("vector", "W23")]
    [Trait("lesson", "7.4")]
    public void Output_is_what_can_be_rendered_and_the_rest_is_a_warning()
    {
        var run = Scenario.OfFlow("a", """
            vars: {n: 3}
            output_map: {n: "{{ workflow.n }}", bad: "{{ workflow.nope }}", r: "{{ task.a.x }}"}
            """);
        run.Succeed("a", """{"x": 1}""");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("""{"n":3,"r":1}""", run.Run.Output.ToString());
        var warning = Assert.Single(run.Run.Problems);
        Assert.Equal(("output.error", true), (warning.Code, warning.IsWarning));
        Assert.Contains("'bad'", warning.Message);
    }

    [Fact]
    [Trait("vector", "W24")]
    public void Of_two_firing_transitions_the_later_wins_and_conditions_see_what_was_published_before()
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
    [Trait("vector", "W24")]
    public void Across_tasks_the_later_decision_wins()
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
}
