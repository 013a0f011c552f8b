using Akka.Actor;
using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>A pause at any moment: what runs ends and is recorded, and nothing else happens before the run is resumed.</summary>
[Trait("lesson", "5.9")]
public sealed class PausingTests
{
    private static readonly RunId Run = new("run-1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Chain =
        """
        ref: test.chain
        tasks:
          - {name: one, action: core.noop, next: [{do: two}]}
          - {name: two, action: core.noop}
        """;

    private const string FanOut =
        """
        ref: test.fan-out
        tasks:
          - name: begin
            action: core.noop
            next:
              - do: [left, right]
          - name: left
            action: core.noop
            with_items: [a, b, c]
            concurrency: 2
            next:
              - do: both
          - name: right
            action: core.noop
            with_items: [a, b]
            next:
              - do: both
          - name: both
            action: core.noop
            join: all
        """;

    [Fact]
    public async Task A_run_stays_paused_in_the_next_process_and_goes_on_there()
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var first = await world.StartAsync();
        await World.StartRunAsync(first, Run, Chain);
        var one = await worker.TakeAsync();

        Assert.Null((await first.PauseAsync(Run, "upgrade", CancellationToken.None)).Refusal);
        Assert.Equal(RunStatus.Pausing, world.StateOf(Run).Status);
        await worker.ReportAsync(one);
        await Eventually.IsAsync(() => world.StateOf(Run).Status == RunStatus.Paused, CancellationToken.None);
        await Eventually.IsAsync(
            async () => await world.Executions.RunAsync(Run, default) is { Status: RunStatus.Paused }, CancellationToken.None);
        await world.KillAsync(first);
        var second = await world.StartAsync();
        await second.WakeAsync(Run, CancellationToken.None);

        Assert.Equal(RunStatus.Paused, (await second.StateAsync(Run, CancellationToken.None)).Status);
        Assert.Single(world.Dispatches(Run));
        Assert.Null((await second.ResumeAsync(Run, CancellationToken.None)).Refusal);
        var two = await worker.TakeAsync();
        Assert.Equal("two", two.Slot.Task);
        await worker.ReportAsync(two);
        await world.SettledAsync(Run);
        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
    }

    [Fact]
    public async Task A_paused_run_sleeps_and_what_comes_due_meanwhile_waits_for_its_end()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        await using var worker = new FakeWorker(world.Queue, () => time.Now);
        var executor = await world.StartAsync(settings: VirtualTime.Settings, set: options => options with
        {
            ReconcileEvery = TimeSpan.FromSeconds(15),
            StaleAfter = TimeSpan.FromSeconds(60),
            IdleAfter = TimeSpan.FromMinutes(5),
        });
        time.Drives(executor);
        await World.StartRunAsync(executor, Run, "tasks: [{name: later, action: core.noop, delay: 3600}]");
        var due = world.StateOf(Run).NextDue!.Value;
        await executor.PauseAsync(Run, null, CancellationToken.None);

        await time.PassToAsync(due + TimeSpan.FromHours(1));
        Assert.Empty(worker.Started);
        Assert.False(await LivesAsync(executor));
        Assert.Equal(RunStatus.Paused, world.StateOf(Run).Status);
        await executor.ResumeAsync(Run, CancellationToken.None);
        await world.SettledAsync(Run);

        Assert.Single(worker.Started);
        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
    }

    [Fact]
    public async Task A_paused_run_is_cancelled()
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var executor = await world.StartAsync();
        await World.StartRunAsync(executor, Run, Chain);
        var one = await worker.TakeAsync();
        await executor.PauseAsync(Run, null, CancellationToken.None);
        await worker.ReportAsync(one);
        await Eventually.IsAsync(() => world.StateOf(Run).Status == RunStatus.Paused, CancellationToken.None);

        Assert.Null((await executor.CancelAsync(Run, "enough", CancellationToken.None)).Refusal);
        await world.SettledAsync(Run);

        Assert.Equal(RunStatus.Cancelled, world.StateOf(Run).Status);
        Assert.Equal("run.ended", (await executor.ResumeAsync(Run, CancellationToken.None)).Refusal?.Code);
    }

    [Theory]
    [InlineData("claims.read")]
    [InlineData("results.read")]
    [InlineData("tasks.publish")]
    [InlineData("guard.reserve")]
    [InlineData("guard.claim")]
    [InlineData("guard.close")]
    public async Task Before_every_message_in_turn_a_pause_holds_back_what_follows_and_loses_nothing(string call)
    {
        var paused = 0;
        for (var number = 1; await PauseBeforeAsync(call, number); number++)
        {
            paused++;
        }

        Assert.True(paused > 0);
    }

    private static async Task<bool> PauseBeforeAsync(string call, int number)
    {
        await using var world = new World();
        await using var worker = new FakeWorker(world.Queue, () => DateTimeOffset.UtcNow);
        ExecutorSystem? executor = null;
        var plan = new FaultPlan().At(call, number, new Fault.Delay(
            () => executor!.PauseAsync(Run, null, CancellationToken.None)));
        executor = await world.StartAsync(plan);

        await World.StartRunAsync(executor, Run, FanOut);
        await Eventually.IsAsync(
            () => world.StateOf(Run) is { HasEnded: true } or { Status: RunStatus.Paused }, CancellationToken.None);
        await executor.ResumeAsync(Run, CancellationToken.None);
        await world.SettledAsync(Run);

        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
        Assert.Equal(7, worker.Started.Count);
        var events = world.EntriesOf(Run).SelectMany(entry => entry.Events).ToList();
        var pause = events.FindIndex(one => one is RunEvent.PauseRequested);
        if (pause >= 0)
        {
            Assert.DoesNotContain(
                events.Skip(pause).TakeWhile(one => one is not RunEvent.RunResumed), one => one is RunEvent.Dispatched);
        }

        return plan.HasStruck;
    }

    private static async Task<bool> LivesAsync(ExecutorSystem executor) =>
        (await executor.System.ActorSelection($"/user/runs/{Run}").Ask<ActorIdentity>(new Identify(null), Patience))
        .Subject is not null;
}
