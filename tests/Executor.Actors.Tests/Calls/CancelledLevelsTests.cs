using Executor.Actors.Tests.Engine;
using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Calls;

/// <summary>A run that calls a run that calls a run.</summary>
public sealed class CancelledLevelsTests
{
    private static readonly RunId Run = new("run-1");
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory]
    [Trait("vector", "W21")]
    [InlineData("allow_finish", SlotStatus.Completed)]
    [InlineData("cancel_running", SlotStatus.Cancelled)]
    public async Task A_cancel_at_the_top_cancels_every_level_and_leaves_none_canceling(string policy, SlotStatus work)
    {
        await using var world = new World();
        world.Workflows["lib.leaf"] = World.Workflow(
            """
            tasks:
              - {name: work, action: core.noop, next: [{do: never}]}
              - {name: never, action: core.noop}
            """);
        world.Workflows["lib.middle"] = World.Workflow("tasks: [{name: below, action: lib.leaf}]");
        await using var worker = new HandWorker(world.Queue);
        var executor = await world.StartAsync();
        await World.StartRunAsync(
            executor, Run, $"cancellation_policy: {policy}\ntasks: [{{name: top, action: lib.middle}}]");
        var held = await worker.TakeAsync();
        var middle = Assert.Single(world.CalledBy(Run));
        var leaf = Assert.Single(world.CalledBy(middle));

        Assert.Null((await executor.CancelAsync(Run, null, Never)).Refusal);
        await Eventually.IsAsync(() => world.StateOf(leaf).IsStopping, Never);
        Assert.Equal(
            [RunStatus.Canceling, RunStatus.Canceling, RunStatus.Canceling],
            new[] { Run, middle, leaf }.Select(run => world.StateOf(run).Status));
        await worker.ReportAsync(held with { Outcome = held.Outcome with { Status = work } });

        await world.FamilySettledAsync(Run);
        Assert.All([Run, middle, leaf], run => Assert.Equal(RunStatus.Cancelled, world.StateOf(run).Status));
        Assert.Equal(work, world.StateOf(leaf).EndOf(held.Slot));
        Assert.Single(world.Dispatches(leaf));
    }

    [Theory]
    [InlineData("tasks.publish")]
    [InlineData("claims.read")]
    [InlineData("results.read")]
    [InlineData("guard.close")]
    [Trait("lesson", "5.8")]
    public async Task Cancelled_before_any_call_nothing_starts_afterwards_at_any_level_and_all_of_them_end(string call)
    {
        var cancelled = 0;
        for (var number = 1; await CancelBeforeAsync(call, number); number++)
        {
            cancelled++;
        }

        Assert.True(cancelled > 0);
    }

    private static async Task<bool> CancelBeforeAsync(string call, int number)
    {
        await using var world = new World();
        Families.AddThree(world);
        await using var worker = new FakeWorker(world.Queue, () => DateTimeOffset.UtcNow);
        ExecutorSystem? executor = null;
        var plan = new FaultPlan().At(call, number, new Fault.Delay(() => executor!.CancelAsync(Run, null, Never)));
        executor = await world.StartAsync(plan);

        await World.StartRunAsync(executor, Run, Families.Top);
        await world.FamilySettledAsync(Run);

        foreach (var run in FamilyOf(world, Run).Where(run => IsCancelled(world, run)))
        {
            Assert.Equal(RunStatus.Cancelled, world.StateOf(run).Status);
            Assert.DoesNotContain(
                EventsOf(world, run).SkipWhile(one => one is not RunEvent.CancelRequested), one => one is RunEvent.Dispatched);
        }

        return plan.HasStruck;
    }

    private static IEnumerable<RunId> FamilyOf(World world, RunId run) =>
        world.CalledBy(run).SelectMany(called => FamilyOf(world, called)).Prepend(run);

    private static bool IsCancelled(World world, RunId run) =>
        EventsOf(world, run).Any(one => one is RunEvent.CancelRequested);

    private static IEnumerable<RunEvent> EventsOf(World world, RunId run) =>
        world.EntriesOf(run).SelectMany(entry => entry.Events);
}
