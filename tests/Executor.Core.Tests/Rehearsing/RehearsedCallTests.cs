using Executor.Core.Rehearsing;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Rehearsing;

/// <summary>Tasks that call a workflow, rehearsed with that workflow, or in its place.</summary>
public sealed class RehearsedCallTests
{
    private const string Child =
        """
        ref: lib.child
        parameters: {n: {type: integer, required: true}}
        tasks:
          - {name: one, action: core.noop, next: [{when: succeeded(), do: two}]}
          - {name: two, action: core.noop, delay: 5}
        output_map: {n: "{{ parameters.n }}", said: "{{ task.two }}"}
        """;

    private const string Main =
        """
        tasks:
          - {name: call, action: lib.child, input: {n: 1}, next: [{when: succeeded(), do: after}]}
          - {name: after, action: core.noop}
        output_map: {was: "{{ task.call }}"}
        """;

    [Fact]
    public void The_tasks_of_a_called_workflow_are_named_below_the_task_that_calls_it()
    {
        var report = Of(Main, "script: {tasks: {call/two: [{result: hello}]}}");

        Assert.Equal(["call/1/1", "call/one/1/1", "call/two/1/1", "after/1/1"], Rehearsed.Order(report));
        Assert.Equal([0, 0, 5, 0], report.Dispatches.Select(sent => sent.Delay.TotalSeconds));
        Assert.Equal(
            ["call/1 Completed", "call/one/1 Completed", "call/two/1 Completed", "after/1 Completed"],
            Rehearsed.Visits(report));
        Assert.Equal("""{"was":{"n":1,"said":"hello"}}""", report.Output.ToString());
    }

    [Fact]
    public void A_script_that_says_how_the_calling_task_ends_runs_nothing_in_its_place()
    {
        var report = Of(Main, "script: {tasks: {call: [{result: {n: 5}}]}}");

        Assert.Equal(["call/1/1", "after/1/1"], Rehearsed.Order(report));
        Assert.Equal("""{"was":{"n":5}}""", report.Output.ToString());
    }

    [Fact]
    public void A_failure_in_a_called_workflow_fails_the_task_that_calls_it()
    {
        var report = Of(Main, "script: {tasks: {call/one: [{status: failed}]}}");

        Assert.Equal(RunStatus.Failed, report.Status);
        Assert.Equal(["call/1/1", "call/one/1/1"], Rehearsed.Order(report));
        Assert.Equal(("task.failed", "call"), report.Problems.Select(problem => (problem.Code, problem.Task)).Single());
    }

    [Theory]
    [InlineData("allow_finish", "call/one/1 Completed")]
    [InlineData("cancel_running", "call/one/1 Cancelled")]
    public void A_cancel_goes_down_into_called_workflows(string policy, string inner)
    {
        var report = Of($"cancellation_policy: {policy}\n{Main}", "controls: [{after: 0, op: cancel}]");

        Assert.Equal(RunStatus.Cancelled, report.Status);
        Assert.Equal(["call/1 Cancelled", inner], Rehearsed.Visits(report));
    }

    [Fact]
    public void The_timeout_of_the_task_ends_the_called_workflow()
    {
        var timed = Main.Replace("lib.child,", "lib.child, timeout: 3,", StringComparison.Ordinal);
        var report = Of(timed, "{}");

        Assert.Equal(RunStatus.Failed, report.Status);
        Assert.Equal(["call/1 Timeout", "call/one/1 Completed", "call/two/1 Cancelled"], Rehearsed.Visits(report));
    }

    [Fact]
    public void Attempts_in_called_workflows_can_be_put_in_an_order()
    {
        var two = """
            tasks:
              - {name: a, action: lib.child, input: {n: 1}}
              - {name: b, action: lib.child, input: {n: 2}}
            """;
        var report = Of(two, "order: [[b/one, 1], [a/one, 1]]");

        Assert.Equal(
            ["a/1/1", "a/one/1/1", "b/1/1", "b/one/1/1", "a/two/1/1", "b/two/1/1"], Rehearsed.Order(report));
        Assert.Equal([0, 0, 0, 0, 2, 2], report.Dispatches.Select(sent => sent.After));
    }

    private static RehearsalReport Of(string workflow, string script) =>
        Rehearsed.Of(workflow, script, name => name == "lib.child" ? Rehearsed.Workflow(Child) : null);
}
