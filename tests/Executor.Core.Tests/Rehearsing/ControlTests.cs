using Executor.Core.Rehearsing;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Rehearsing;

public sealed class ControlTests
{
    private const string Workflow = """
        cancellation_policy: POLICY
        tasks:
          - name: a
            action: core.noop
            with_items: [x, y, z, v]
            concurrency: 2
            next: [{do: b}]
          - name: b
            action: core.noop
        """;

    [Fact]
    public void Under_allow_finish_what_is_in_flight_ends_as_scripted_and_nothing_else_starts()
    {
        var report = Cancelled("allow_finish", after: 1);

        Assert.Equal(RunStatus.Cancelled, report.Status);
        Assert.Equal(3, report.Dispatches.Length);
        Assert.Equal(["a/1 Cancelled"], Rehearsed.Visits(report));
    }

    [Fact]
    public void Under_cancel_running_what_is_in_flight_ends_at_once()
    {
        var report = Cancelled("cancel_running", after: 2);

        Assert.Equal(RunStatus.Cancelled, report.Status);
        Assert.Equal(4, report.Dispatches.Length);
        Assert.Equal(["a/1 Cancelled"], Rehearsed.Visits(report));
    }

    [Fact]
    public void A_control_before_the_first_end_acts_after_the_start()
    {
        Assert.Equal(2, Cancelled("allow_finish", after: 0).Dispatches.Length);
    }

    [Fact]
    public void A_control_after_the_end_does_nothing()
    {
        var report = Cancelled("allow_finish", after: 99);

        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.Equal(RunStatus.Completed, Cancelled("cancel_running", after: 5).Status);
    }

    private static RehearsalReport Cancelled(string policy, int after) => Rehearsed.Of(
        Workflow.Replace("POLICY", policy, StringComparison.Ordinal),
        $"controls: [{{after: {after}, op: cancel}}]");
}
