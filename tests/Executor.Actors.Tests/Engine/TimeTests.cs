using Akka.Actor;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>Delays, retries and sleep, in virtual time.</summary>
public sealed class TimeTests
{
    private static readonly RunId Run = new("run-1");
    private static readonly TimeSpan Looks = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Late = 3 * Looks;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Delayed =
        """
        ref: test.delayed
        tasks:
          - name: later
            action: core.noop
            delay: 3600
        """;

    private const string Retried =
        """
        ref: test.retried
        tasks:
          - name: again
            action: core.noop
            retry: { count: 1, delay: 60 }
        """;

    [Fact]
    [Trait("lesson", "2.7")]
    public async Task A_run_goes_from_start_to_end_while_time_stands_still()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        await using var worker = new FakeWorker(world.Queue, () => time.Now);
        var executor = await StartAsync(world, time);

        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);
        await world.SettledAsync(Run);

        Assert.Equal(6, worker.Started.Count);
    }

    [Fact]
    [Trait("lesson", "4.2")]
    public async Task A_run_that_sleeps_is_woken_for_what_is_due()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        var started = new List<DateTimeOffset>();
        await using var worker = Worker(world, time, started);
        var executor = await StartAsync(world, time);
        await World.StartRunAsync(executor, Run, Delayed);
        var due = world.StateOf(Run).NextDue!.Value;

        await time.PassToAsync(due - TimeSpan.FromMinutes(30));
        Assert.False(await LivesAsync(executor));
        await time.PassToAsync(due - VirtualTime.Step);
        Assert.Empty(started);
        await time.PassUntilAsync(() => started.Count > 0, Late);
        await world.SettledAsync(Run);

        Assert.InRange(Assert.Single(started), due, due + Late);
    }

    [Fact]
    [Trait("lesson", "4.2")]
    public async Task A_retry_that_waits_stops_nobody_else_and_goes_out_once_in_the_next_process()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        var started = new List<DateTimeOffset>();
        await using var worker = Worker(world, time, started);
        var executor = await StartAsync(world, time);
        await World.StartRunAsync(executor, Run, Retried);
        await Eventually.IsAsync(() => world.StateOf(Run).Retries.Count == 1, CancellationToken.None);
        var due = world.StateOf(Run).NextDue!.Value;

        for (var other = 0; other < 100; other++)
        {
            await World.StartRunAsync(executor, new RunId($"other-{other}"), SeedWorkflow.Yaml);
        }

        for (var other = 0; other < 100; other++)
        {
            var run = new RunId($"other-{other}");
            await Eventually.IsAsync(() => world.StateOf(run).HasEnded, CancellationToken.None);
        }

        await time.PassToAsync(due - TimeSpan.FromSeconds(30));
        await world.KillAsync(executor);
        await StartAsync(world, time);
        await time.PassToAsync(due - VirtualTime.Step);
        Assert.Single(started);
        await time.PassUntilAsync(() => started.Count > 1, Late);
        await world.SettledAsync(Run);

        Assert.Equal(2, started.Count);
        Assert.InRange(started[1], due, due + Late);
        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
    }

    private static async Task<ExecutorSystem> StartAsync(World world, VirtualTime time)
    {
        var executor = await world.StartAsync(
            set: options => options with
            {
                ReconcileEvery = Looks,
                StaleAfter = TimeSpan.FromMinutes(1),
                IdleAfter = TimeSpan.FromMinutes(10),
            },
            settings: VirtualTime.Settings);
        time.Drives(executor);
        return executor;
    }

    /// <summary>First attempts at a task that is called again fail.</summary>
    private static FakeWorker Worker(World world, VirtualTime time, List<DateTimeOffset> started) => new(
        world.Queue,
        () => time.Now,
        act: request =>
        {
            if (request.Run == Run)
            {
                started.Add(time.Now);
            }

            return request.Slot is { Task: "again", Attempt: 1 }
                ? new ItemOutcome(SlotStatus.Failed, Value.Null, "Not yet.")
                : new ItemOutcome(SlotStatus.Completed, Value.Null);
        });

    private static async Task<bool> LivesAsync(ExecutorSystem executor) =>
        (await executor.System.ActorSelection($"/user/runs/{Run}").Ask<ActorIdentity>(new Identify(null), Patience))
        .Subject is not null;
}
