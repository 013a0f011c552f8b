using Akka.Actor;
using Executor.Actors.Batching;
using Executor.Actors.Runs;
using Executor.Actors.Tests.Faults;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>
/// A node that dies between an entry and the guard's rows leaves nothing behind that names the run, but its due time.
/// </summary>
public sealed class LostSendTests
{
    private static readonly RunId Run = new("run-1");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_was_stored_and_not_yet_reserved_is_sent_by_another_node(int reservation)
    {
        await using var world = new World();
        await using var worker = new FakeWorker(world.Queue, () => DateTimeOffset.UtcNow);
        var plan = new FaultPlan();
        plan.At("guard.reserve", reservation, Fault.Delay.Until(new TaskCompletionSource().Task));
        var executor = await world.StartAsync(plan, Sleepy);
        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);
        await plan.Struck;
        await executor.System.ActorSelection("/user/due-keeper").Ask<Drained>(Drain.Now, TestEngine.Patience);

        await world.KillAsync(executor);
        await world.StartAsync(set: Sleepy);

        await world.SettledAsync(Run);
        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
    }

    /// <summary>As a node that stood still, goes on for a moment, and is removed.</summary>
    [Fact]
    public async Task What_another_node_stored_before_it_died_is_noticed_by_the_one_that_has_the_run_in_memory()
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var home = await world.StartAsync(set: Sleepy);
        await World.StartRunAsync(
            home, Run, "tasks: [{name: a, action: core.noop, next: [{do: b}]}, {name: b, action: core.noop}]");
        var first = await worker.TakeAsync();
        var plan = new FaultPlan().At("guard.reserve", 2, Fault.Delay.Until(new TaskCompletionSource().Task));
        var other = await world.StartAsync(plan, Sleepy);

        var accepted = await other.System.ActorSelection("/user/runs").Ask<Accepted>(
            new ForRun(Run, new RunCommand.FinishItem(first.Slot, first.Outcome, DateTimeOffset.UtcNow)),
            TestEngine.Patience);
        await world.Guard.CloseAsync([new Closing(first.Id, accepted.Ended!.Value)], CancellationToken.None);
        await plan.Struck;
        await world.KillAsync(other);

        await worker.ReportAsync(await worker.TakeAsync());
        await world.SettledAsync(Run);
        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
    }

    [Fact]
    public async Task A_run_that_sleeps_while_a_worker_is_busy_is_not_woken_before_its_time()
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var executor = await world.StartAsync(
            set: options => Sleepy(options) with { IdleAfter = TimeSpan.FromMilliseconds(100) });
        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);
        await worker.TakeAsync();

        await Eventually.IsAsync(
            async () => (await world.DueTimes.DueAsync(DateTimeOffset.UtcNow + TimeSpan.FromMinutes(10), null, 1, default)).Count == 0,
            CancellationToken.None);
    }

    /// <summary>As the node of a cluster: it does not look for runs when it starts.</summary>
    private static ActorsOptions Sleepy(ActorsOptions options) => options with { ResumeAll = false };
}
