using Akka.Actor;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>A broker that neither takes nor refuses what goes to one pool.</summary>
public sealed class StuckPoolTests
{
    private static readonly RunId Run = new("run-1");

    private const string Two =
        """
        ref: test.two-pools
        tasks:
          - name: stuck
            action: core.noop
            pool: stuck
          - name: first
            action: core.noop
            next: [{do: second}]
          - name: second
            action: core.noop
        """;

    [Fact]
    public async Task Requests_of_other_pools_go_out_meanwhile_and_its_own_when_it_takes_them_again()
    {
        await using var world = new World();
        await using var worker = new FakeWorker(world.Queue, () => DateTimeOffset.UtcNow);
        var tasks = new StuckTasks(world.Queue);
        var executor = await world.StartAsync(wrap: ports => ports with { Tasks = tasks });

        await World.StartRunAsync(executor, Run, Two);
        await tasks.Stuck;
        await Eventually.IsAsync(
            () => worker.Started.Any(request => request.Slot.Task == "second"), CancellationToken.None);
        Assert.Equal(0, world.Queue.Waiting("stuck"));

        tasks.LetGo();
        await Eventually.IsAsync(() => world.Queue.Waiting("stuck") > 0, CancellationToken.None);
        await Eventually.IsAsync(
            async () => (await world.Guard.RowsAsync(Run, default)).Single(row => row.Slot.Task == "stuck").SentAt
                is not null,
            CancellationToken.None);
    }

    [Fact]
    public async Task Whoever_sends_to_a_pool_leaves_when_it_has_nothing_to_do_for_long_and_comes_again()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        await using var worker = new FakeWorker(world.Queue, () => time.Now);
        var executor = await world.StartAsync(settings: VirtualTime.Settings);
        time.Drives(executor);
        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);
        await world.SettledAsync(Run);
        var first = await executor.System.ActorSelection("/user/dispatcher/default-1").ResolveOne(TimeSpan.FromSeconds(60));
        var gone = first.WatchAsync();

        await time.PassUntilAsync(() => gone.IsCompleted, TimeSpan.FromHours(1));

        var again = new RunId("run-2");
        await World.StartRunAsync(executor, again, SeedWorkflow.Yaml);
        await world.SettledAsync(again);
        await executor.System.ActorSelection("/user/dispatcher/default-2").ResolveOne(TimeSpan.FromSeconds(60));
    }

    private sealed class StuckTasks(ITaskQueue inner) : ITaskQueue
    {
        private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _free = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stuck => _stuck.Task;

        public void LetGo() => _free.TrySetResult();

        public async Task<IReadOnlyList<bool>> PublishAsync(IReadOnlyList<TaskRequest> batch, CancellationToken stop)
        {
            if (batch.Any(request => request.Pool == "stuck"))
            {
                _stuck.TrySetResult();
                await _free.Task.WaitAsync(stop);
            }

            return await inner.PublishAsync(batch, stop);
        }

        public Task CancelAsync(CancelRequest cancel, CancellationToken stop) => inner.CancelAsync(cancel, stop);

        public IAsyncEnumerable<Delivery<TaskRequest>> DeadLettersAsync(CancellationToken stop) =>
            inner.DeadLettersAsync(stop);
    }
}
