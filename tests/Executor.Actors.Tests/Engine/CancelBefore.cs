using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>The same workflow again and again, and each time cancelled before another call of a port.</summary>
internal static class CancelBefore
{
    private static readonly RunId Run = new("run-1");

    /// <returns>Before how many calls it was cancelled.</returns>
    public static async Task<int> EachAsync(
        string call, string yaml, Action<World> arrange, Func<World, Task> settled, Action<World> check)
    {
        for (var number = 1; ; number++)
        {
            await using var world = new World();
            arrange(world);
            await using var worker = new FakeWorker(world.Queue, () => DateTimeOffset.UtcNow);
            ExecutorSystem? executor = null;
            var plan = new FaultPlan().At(call, number, new Fault.Delay(
                () => executor!.CancelAsync(Run, null, CancellationToken.None)));
            executor = await world.StartAsync(plan);

            await World.StartRunAsync(executor, Run, yaml);
            await settled(world);
            check(world);
            if (!plan.HasStruck)
            {
                return number - 1;
            }
        }
    }

    /// <summary>A run that was told to cancel ends so and dispatches nothing after it was told.</summary>
    public static void NothingFollows(World world, RunId run)
    {
        var told = world.EntriesOf(run).SelectMany(entry => entry.Events)
            .SkipWhile(one => one is not RunEvent.CancelRequested).ToList();
        if (told.Count > 0)
        {
            Assert.Equal(RunStatus.Cancelled, world.StateOf(run).Status);
            Assert.DoesNotContain(told, one => one is RunEvent.Dispatched);
        }
    }
}
