using Akka.Actor;
using Executor.Actors.Batching;
using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>A dependency is away for a while, in the middle of a group; afterwards nothing is lost and nothing ran twice.</summary>
public sealed class OutageTests
{
    private const int CallsInVain = 3;
    private static readonly RunId Run = new("run-1");

    [Theory]
    [InlineData("journal.")]
    [InlineData("guard.")]
    [InlineData("tasks.publish")]
    [InlineData("results.")]
    [InlineData("claims.")]
    [InlineData("executions.")]
    [InlineData("due.")]
    [Trait("lesson", "9.7")]
    public async Task The_run_completes_with_one_start_of_each_attempt(string port)
    {
        await using var world = new World();
        await using var first = new HandWorker(world.Queue);
        var plan = new FaultPlan();
        var executor = await world.StartAsync(plan);
        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);
        var inHand = await first.TakeAsync();
        await using var worker = new FakeWorker(world.Queue, () => DateTimeOffset.UtcNow);
        plan.TakeAway(port);
        await first.ReportAsync(inHand);
        await Eventually.IsAsync(() => plan.InVain >= CallsInVain, CancellationToken.None);

        plan.BringBack();

        await world.SettledAsync(Run);
        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
        Assert.Equal(5, worker.Started.Count);
        Assert.Equal(5, worker.Started.Select(request => request.Id).Distinct().Count());
    }

    [Fact]
    [Trait("invariant", "I18")]
    public async Task Rows_that_a_process_could_not_write_before_it_died_are_written_by_the_next()
    {
        await using var world = new World();
        await using var worker = new FakeWorker(world.Queue, () => DateTimeOffset.UtcNow);
        var plan = new FaultPlan();
        plan.TakeAway("executions.");
        var executor = await world.StartAsync(plan);
        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);
        await Eventually.IsAsync(() => world.StateOf(Run).HasEnded, CancellationToken.None);
        await Eventually.IsAsync(() => plan.InVain >= CallsInVain, CancellationToken.None);
        await executor.System.ActorSelection("/user/due-keeper").Ask<Drained>(Drain.Now, TimeSpan.FromSeconds(10));

        await world.KillAsync(executor);
        await world.StartAsync();

        await world.SettledAsync(Run);
    }
}
