using Executor.Core.Runs;
using static Executor.Core.Tests.Rehearsing.Rehearsed;

namespace Executor.Core.Tests.Rehearsing;

/// <summary>Conditions that had no value are told by a rehearsal also where the run goes on as if they did not hold.</summary>
public sealed class RehearsalWarningTests
{
    private const string Workflow =
        """
        tasks:
          - name: fetch
            action: core.noop
            retry: {count: 2, when: result().busy}
            next:
              - {when: "result().code == 503", do: again}
              - {when: failed(), do: noop}
          - {name: again, action: core.noop}
        """;

    [Fact]
    public void Those_of_a_handled_failure_are_warnings_with_their_place()
    {
        var report = Of(Workflow, "script: {tasks: {fetch: [{status: failed, result: {}}]}}");

        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.Empty(report.Problems);
        Assert.Equal([RunCodes.RetryError, RunCodes.ConditionError], report.Warnings.Select(warning => warning.Code));
        Assert.All(report.Warnings, warning => Assert.Equal(("fetch", true), (warning.Task, warning.IsWarning)));
        Assert.StartsWith(
            "The condition of 'retry' of visit 1 has no value, so no further attempt was made: There is no field 'busy'.",
            report.Warnings[0].Message, StringComparison.Ordinal);
        Assert.EndsWith("('result().busy', line 4, column 38)", report.Warnings[0].Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "The condition of transition 1 of visit 1 has no value, so it did not fire: There is no field 'code'.",
            report.Warnings[1].Message, StringComparison.Ordinal);
        Assert.EndsWith("('result().code == 503', line 6, column 26)", report.Warnings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_a_problem_of_the_run_is_no_warning_as_well()
    {
        var report = Of(Workflow, "script: {tasks: {fetch: [{result: {}}]}}");

        Assert.Equal([RunCodes.ConditionError], report.Problems.Select(problem => problem.Code));
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void Those_of_a_called_workflow_are_told_with_its_path()
    {
        var report = Of(
            "tasks: [{name: call, action: lib.child}]", "script: {tasks: {call/fetch: [{status: failed, result: {}}]}}",
            name => name == "lib.child" ? Rehearsed.Workflow(Workflow) : null);

        Assert.Equal(["call/fetch", "call/fetch"], report.Warnings.Select(warning => warning.Task));
    }

    [Fact]
    public void One_that_fails_in_the_same_way_for_many_items_is_told_once()
    {
        var report = Of(
            Workflow.Replace("action: core.noop\n    retry", "action: core.noop\n    with_items: [1, 2, 3]\n    retry", StringComparison.Ordinal),
            "script: {tasks: {fetch: [{status: failed, result: {}}]}}");

        Assert.Equal([RunCodes.RetryError, RunCodes.ConditionError], report.Warnings.Select(warning => warning.Code));
    }
}
