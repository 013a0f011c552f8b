using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Runs.Calls;

public sealed class AskingTests
{
    [Fact]
    public void What_tasks_inside_a_parallel_task_call_is_asked_for_as_well()
    {
        var workflow = WorkflowYaml.Read(
            """
            tasks:
              p: {type: parallel, tasks: {x: {action: lib.one}, y: {action: lib.two}}}
            """,
            "test.asking").Spec!;
        var run = RunState.Initial(new RunId("run"));
        var start = new RunCommand.Start(
            workflow, Value.Map.Empty, RunLimits.Default, RequestKey: null, DateTimeOffset.UnixEpoch);
        var actions = KnownActions.None.ThatCanLookUp();

        Assert.Equal("lib.one", Assert.Single(RunDecider.Decide(run, start, actions).Asks));
        actions = actions.With("lib.one", null);
        Assert.Equal("lib.two", Assert.Single(RunDecider.Decide(run, start, actions).Asks));
        actions = actions.With("lib.two", null);
        Assert.Equal(
            ["lib.one", "lib.two"],
            RunDecider.Decide(run, start, actions).Events.OfType<RunEvent.Dispatched>().Select(sent => sent.Action));
    }
}
