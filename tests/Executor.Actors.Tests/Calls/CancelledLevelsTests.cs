using Executor.Actors.Tests.Engine;
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
        Assert.True(await CancelBefore.EachAsync(
            call, Families.Top, Families.AddThree, world => world.FamilySettledAsync(Run), Check) > 0);

        static void Check(World world) => Assert.All(FamilyOf(world, Run), run => CancelBefore.NothingFollows(world, run));
    }

    private static IEnumerable<RunId> FamilyOf(World world, RunId run) =>
        world.CalledBy(run).SelectMany(called => FamilyOf(world, called)).Prepend(run);
}
