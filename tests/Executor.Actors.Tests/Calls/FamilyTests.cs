using Executor.Actors.Tests.Engine;
using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Calls;

/// <summary>Runs that call runs, on one node.</summary>
public sealed class FamilyTests
{
    private static readonly RunId Run = new("run-1");
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task The_end_of_a_called_run_is_the_end_of_the_task_and_its_output_the_result()
    {
        await using var world = new World();
        Families.Add(world);
        await using var worker = Worker(world);
        var executor = await world.StartAsync();

        await World.StartRunAsync(executor, Run, Families.Main);

        await world.FamilySettledAsync(Run);
        Assert.Equal(Families.Output, world.StateOf(Run).Output.ToString());
        Assert.Equal([(Run, Families.Child)], world.Workflows.Asked.Where(one => one.Action == Families.Child));
        Assert.All(world.CalledBy(Run), called => Assert.Equal(1, world.StateOf(called).Depth));
    }

    [Fact]
    public async Task What_comes_while_a_workflow_is_looked_up_waits_for_the_answer()
    {
        await using var world = new World();
        Families.Add(world);
        await using var worker = Worker(world);
        var found = new TaskCompletionSource();
        var plan = new FaultPlan().At("workflows.find", 1, Fault.Delay.Until(found.Task));
        var executor = await world.StartAsync(plan);
        var start = World.StartRunAsync(executor, Run, Families.Main);
        await plan.Struck;
        var cancel = executor.CancelAsync(Run, "enough", Never);
        Assert.False(start.IsCompleted);

        found.SetResult();

        await start;
        Assert.Null((await cancel).Refusal);
        await world.FamilySettledAsync(Run);
        Assert.Equal(RunStatus.Cancelled, world.StateOf(Run).Status);
    }

    [Fact]
    public async Task A_failure_comes_up_and_its_task_decides_what_follows()
    {
        await using var world = new World();
        Families.Add(world);
        await using var worker = new FakeWorker(
            world.Queue, () => DateTimeOffset.UtcNow, act: request => request.Slot.Task == "two"
                ? new ItemOutcome(SlotStatus.Failed, Value.Null, "It broke.")
                : new ItemOutcome(SlotStatus.Completed, Value.Null));
        var executor = await world.StartAsync();

        await World.StartRunAsync(
            executor, Run,
            """
            tasks:
              - name: call
                action: lib.child
                input: {what: x}
                next: [{when: failed(), publish: [{why: "{{ result().causes }}"}], do: after}]
              - {name: after, action: core.noop}
            output_map: {why: "{{ workflow.why }}"}
            """);

        await world.FamilySettledAsync(Run);
        var state = world.StateOf(Run);
        Assert.Equal(RunStatus.Completed, state.Status);
        Assert.Contains("It broke.", state.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancel_goes_down_and_nothing_is_left_open_below()
    {
        await using var world = new World();
        Families.Add(world);
        await using var worker = new HandWorker(world.Queue);
        var executor = await world.StartAsync();
        await World.StartRunAsync(executor, Run, Families.Main);
        var held = await worker.TakeAsync();
        var other = await worker.TakeAsync();

        Assert.Null((await executor.CancelAsync(Run, "enough", Never)).Refusal);
        await Eventually.IsAsync(() => world.CalledBy(Run).All(called => world.StateOf(called).IsStopping
            || world.StateOf(called).HasEnded), Never);
        await worker.ReportAsync(held);
        await worker.ReportAsync(other);

        await world.FamilySettledAsync(Run);
        Assert.Equal(RunStatus.Cancelled, world.StateOf(Run).Status);
        Assert.All(world.CalledBy(Run), called => Assert.Equal(RunStatus.Cancelled, world.StateOf(called).Status));
        Assert.All(world.CalledBy(Run), called => Assert.Equal("enough", world.StateOf(called).CancelReason));
    }

    [Fact]
    [Trait("lesson", "5.9")]
    public async Task A_pause_goes_down_and_nothing_goes_on_below_before_the_first_run_is_resumed()
    {
        await using var world = new World();
        Families.Add(world);
        await using var worker = new HandWorker(world.Queue);
        var executor = await world.StartAsync();
        await World.StartRunAsync(executor, Run, Families.Main);
        var held = await worker.TakeAsync();
        var other = await worker.TakeAsync();

        Assert.Null((await executor.PauseAsync(Run, "upgrade", Never)).Refusal);
        await Eventually.IsAsync(() => world.CalledBy(Run).All(called => world.StateOf(called).IsPaused), Never);
        Assert.Equal(RunStatus.Paused, world.StateOf(Run).Status);
        await worker.ReportAsync(held);
        await worker.ReportAsync(other);
        await Eventually.IsAsync(
            () => world.CalledBy(Run).All(called => world.StateOf(called).Status == RunStatus.Paused), Never);
        Assert.All(world.CalledBy(Run), called => Assert.Single(world.Dispatches(called)));
        Assert.Null((await executor.ResumeAsync(Run, Never)).Refusal);
        for (var left = 3; left > 0; left--)
        {
            await worker.ReportAsync(await worker.TakeAsync());
        }

        await world.FamilySettledAsync(Run);
        Assert.Equal(Families.Output, world.StateOf(Run).Output.ToString());
    }

    [Fact]
    public async Task The_timeout_of_the_calling_task_is_the_called_runs()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        Families.Add(world);
        var executor = await world.StartAsync(settings: VirtualTime.Settings);
        time.Drives(executor);

        await World.StartRunAsync(
            executor, Run,
            """
            tasks:
              - name: call
                action: lib.child
                timeout: 90
                input: {what: x}
                next: [{when: timed_out(), do: noop}]
            """);
        await time.PassUntilAsync(() => world.StateOf(Run).HasEnded, TimeSpan.FromHours(2));

        await time.PassUntilAsync(() => world.StateOf(world.CalledBy(Run)[0]).IsSettled, TimeSpan.FromHours(2));
        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
        Assert.Equal(RunStatus.Timeout, world.StateOf(Assert.Single(world.CalledBy(Run))).Status);
    }

    [Fact]
    public async Task Calls_that_never_end_are_stopped_at_the_depth_that_is_allowed()
    {
        await using var world = new World();
        world.Workflows["lib.self"] = World.Workflow("tasks: [{name: again, action: lib.self}]");
        var executor = await world.StartAsync();

        var accepted = await executor.StartRunAsync(
            Run, World.Workflow("tasks: [{name: call, action: lib.self}]"), Value.Map.Empty,
            RunLimits.Default with { MaxDepth = 3 }, null, Never);

        Assert.Null(accepted.Refusal);
        await world.FamilySettledAsync(Run);
        Assert.Equal(RunStatus.Failed, world.StateOf(Run).Status);
        var (deepest, depth) = (Run, 0);
        while (world.CalledBy(deepest) is [var called])
        {
            (deepest, depth) = (called, depth + 1);
        }

        Assert.Equal(3, depth);
        Assert.Contains(world.StateOf(deepest).Problems, problem => problem.Code == RunCodes.TooDeep);
    }

    [Fact]
    public async Task Runs_that_wait_for_each_other_sleep_and_go_on()
    {
        await using var world = new World();
        world.Workflows[Families.Child] = World.Workflow(
            """
            parameters: {what: {type: string}}
            tasks: [{name: late, action: core.noop, delay: 1}]
            output_map: {was: "{{ parameters.what }}"}
            """);
        await using var worker = Worker(world);
        var executor = await world.StartAsync(set: options => options with { IdleAfter = TimeSpan.FromMilliseconds(50) });

        await World.StartRunAsync(executor, Run, Families.Main);

        await world.FamilySettledAsync(Run);
        Assert.Equal(Families.Output, world.StateOf(Run).Output.ToString());
    }

    /// <summary>What stands in the way is told to others again and again; here the process that would do so dies.</summary>
    [Theory]
    [InlineData("call")]
    [InlineData("end")]
    public async Task A_family_goes_on_in_the_next_process(string window)
    {
        await using var world = new World();
        Families.Add(world);
        await using var worker = Worker(world);
        var plan = window == "call"
            ? new FaultPlan().At("due.step", 2, new Fault.CrashBefore())
            : new FaultPlan().At("journal.write", 9, new Fault.CrashAfter());
        var first = await world.StartAsync(plan);
        await World.StartRunAsync(first, Run, Families.Main);
        await plan.Struck;
        await world.KillAsync(first);

        await world.StartAsync();

        await world.FamilySettledAsync(Run);
        Assert.Equal(Families.Output, world.StateOf(Run).Output.ToString());
    }

    private static FakeWorker Worker(World world) => new(world.Queue, () => DateTimeOffset.UtcNow);
}
