using Akka.Actor;
using Executor.Actors.Runs;
using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>Each of the two layers against double dispatch holds when the other is switched off.</summary>
public sealed class LayerTests
{
    private static readonly RunId Run = new("run-1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    [Trait("lesson", "1.1")]
    public async Task The_run_alone_starts_each_slot_once_although_the_guard_lets_everything_through()
    {
        await using var world = new World();
        await using var worker = new FakeWorker(world.Queue, () => DateTimeOffset.UtcNow, reports: 3);
        var executor = await world.StartAsync(wrap: ports => ports with { Guard = new OpenGuard(ports.Guard) });

        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);
        await world.SettledAsync(Run);

        Assert.Equal(6, worker.Started.Count);
        Assert.Single(worker.Started, request => request.Slot.Task == "validate");
    }

    [Fact]
    [Trait("vector", "W13")]
    [Trait("lesson", "1.2")]
    public async Task Of_two_nodes_that_host_the_run_one_write_fails_and_the_successor_is_started_once()
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var (one, other, last) = await TwoNodesWithTwoItemsLeftAsync(world, worker);

        var answers = await Task.WhenAll(AskAsync(one, last[0]), AskAsync(other, last[1]));
        var late = Assert.Single(Enumerable.Range(0, 2), place => answers[place] is Postponed);
        var ended = await Eventually.GetAsync(
            () => AskAsync(late == 0 ? one : other, last[late]), answer => answer is Accepted);

        Assert.Equal(SlotStatus.Completed, ((Accepted)ended).Ended);
        Assert.Equal(1, world.Journal.Refused);
        await ValidateStartsOnceAsync(world, worker);
    }

    [Fact]
    [Trait("vector", "W13")]
    [Trait("lesson", "1.2")]
    public async Task The_guard_alone_lets_the_successor_start_once_although_both_nodes_write_their_decision()
    {
        await using var world = new World(fenced: false);
        await using var worker = new HandWorker(world.Queue);
        var (one, other, last) = await TwoNodesWithTwoItemsLeftAsync(world, worker);

        Assert.IsType<Accepted>(await AskAsync(one, last[0]));
        Assert.IsType<Accepted>(await AskAsync(other, last[1]));
        Assert.IsType<Accepted>(await AskAsync(one, last[1]));
        Assert.IsType<Accepted>(await AskAsync(other, last[0]));

        Assert.Equal(2, world.Dispatches(Run).Count(slot => slot.Task == "validate"));
        await ValidateStartsOnceAsync(world, worker);
    }

    private static async Task<(ExecutorSystem One, ExecutorSystem Other, Slot[] Last)> TwoNodesWithTwoItemsLeftAsync(
        World world, HandWorker worker)
    {
        var one = await world.StartAsync(set: Calm);
        await World.StartRunAsync(one, Run, SeedWorkflow.Yaml);
        for (var item = 0; item < 3; item++)
        {
            Assert.IsType<Accepted>(await AskAsync(one, (await worker.TakeAsync()).Slot));
        }

        Slot[] last = [(await worker.TakeAsync()).Slot, (await worker.TakeAsync()).Slot];
        var other = await world.StartAsync(set: Calm);
        Assert.Equal(2, (await other.StateAsync(Run, CancellationToken.None)).InFlight.Count);
        return (one, other, last);
    }

    /// <summary>Nobody looks after the run but the test.</summary>
    private static ActorsOptions Calm(ActorsOptions options) => options with
    {
        ResumeAll = false,
        ReconcileEvery = TimeSpan.FromMinutes(10),
    };

    private static Task<object> AskAsync(ExecutorSystem node, Slot slot) =>
        node.System.ActorSelection("/user/runs").Ask<object>(
            new ForRun(Run, new RunCommand.FinishItem(
                slot, new ItemOutcome(SlotStatus.Completed, Value.Null), DateTimeOffset.UtcNow)),
            Patience);

    private static async Task ValidateStartsOnceAsync(World world, HandWorker worker)
    {
        Assert.Equal("validate", (await worker.TakeAsync()).Slot.Task);
        await world.FlushDispatchersAsync();
        while (world.Queue.Waiting("default") > 0)
        {
            Assert.Null(await worker.ClaimAsync(await worker.NextAsync()));
        }

        Assert.Single(await world.Guard.RowsAsync(Run, CancellationToken.None), row => row.Slot.Task == "validate");
    }
}
