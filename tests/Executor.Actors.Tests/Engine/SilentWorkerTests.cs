using Executor.Core.Explaining;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Workers;

namespace Executor.Actors.Tests.Engine;

/// <summary>A worker that nothing is heard of for minutes, and that is there again.</summary>
public sealed class SilentWorkerTests
{
    private static readonly RunId Run = new("run-1");
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    [Trait("vector", "W35")]
    public async Task Work_waits_and_says_for_whom_and_is_done_when_the_worker_is_back()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        var executor = await world.StartAsync(
            set: options => options with { ReconcileEvery = TimeSpan.FromSeconds(15), StaleAfter = TimeSpan.FromMinutes(1) },
            settings: VirtualTime.Settings, wrap: ports => ports with { Beats = world.Queue });
        time.Drives(executor);
        await IsHeardAsync(world, executor, time);

        await time.PassToAsync(time.Now + TimeSpan.FromMinutes(2));
        Assert.Equal(WorkerState.Gone, Assert.Single(executor.Workers).State);
        await World.StartRunAsync(executor, Run, "tasks: [{name: a, action: core.noop}]");
        await Eventually.IsAsync(() => world.Queue.Waiting("default") == 1, Never);
        var waits = Explanation.Of(Run, world.EntriesOf(Run).Select(entry => entry.Events.AsEnumerable()), "a")!.Value;
        Assert.Contains(waits, sentence => sentence.Text.Contains("for a worker of pool 'default'", StringComparison.Ordinal));

        await IsHeardAsync(world, executor, time);
        await using var worker = new FakeWorker(world.Queue, () => time.Now);

        await world.SettledAsync(Run);
        Assert.Single(worker.Started);
    }

    private static Task IsHeardAsync(World world, ExecutorSystem executor, VirtualTime time) => Eventually.IsAsync(
        async () =>
        {
            await world.Queue.BeatAsync(
                new WorkerBeat(
                    "w1", ["default"], ["core.noop"], 8, 0, "1", "host", time.Now, TimeSpan.FromSeconds(5), Leaving: false),
                Never);
            return executor.Workers is [{ State: WorkerState.Alive }];
        },
        Never);
}
