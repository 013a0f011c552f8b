using Executor.Core.Runs;
using Executor.Core.Tests.Runs;

namespace Executor.Core.Tests.Vectors;

public sealed class ControlOutcomes
{
    [Fact]
    [Trait("vector", "W20")]
    [Trait("lesson", "5.7")]
    public void Under_allow_finish_a_running_task_keeps_its_own_end_and_nothing_follows()
    {
        var run = Scenario.OfFlow("a -S-> b", "output_map: {r: \"{{ task.a }}\"}");
        run.Cancel("enough");
        Assert.Equal(RunStatus.Canceling, run.Status);
        Assert.Equal([false], Withdrawals(run).Select(one => one.StopRunning));
        run.Succeed("a", "1");
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal(["a/1 completed"], run.Visits);
        Assert.Equal("Workflow cancelled: enough", run.Error);
        Assert.Equal("""{"r":1}""", run.Run.Output.ToString());
    }

    [Fact]
    [Trait("vector", "W20")]
    public void Under_cancel_running_workers_are_asked_to_stop()
    {
        var run = Scenario.OfFlow("a -S-> b", "cancellation_policy: cancel_running");
        run.Cancel();
        var withdrawal = Assert.Single(Withdrawals(run));
        Assert.Equal((SlotStatus.Cancelled, true), (withdrawal.Status, withdrawal.StopRunning));
        run.End("a", SlotStatus.Cancelled, """{"cancelled": true}""", "Execution cancelled by user");
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal(["a/1 cancelled"], run.Visits);
        Assert.Equal("""{"error":"Workflow cancelled","succeeded":false}""", RunResults.Of(run.Run).ToString());
    }

    private static IEnumerable<RunEffect.Withdraw> Withdrawals(Scenario run) =>
        RunEffects.Of(run.Run, run.Last).OfType<RunEffect.Withdraw>();
}
