using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>A cancel at any moment: what has not started never does, what runs is told, and the run ends.</summary>
public sealed class CancellingTests
{
    private static readonly RunId Run = new("run-1");

    private const string Stops =
        """
        ref: test.stops
        cancellation_policy: cancel_running
        tasks:
          - name: work
            action: core.noop
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
    [Trait("lesson", "5.3")]
    [Trait("lesson", "5.5")]
    public async Task Work_that_nobody_has_taken_is_never_started()
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var executor = await world.StartAsync();
        await World.StartRunAsync(executor, Run, Stops);
        var request = await worker.NextAsync();

        await executor.CancelAsync(Run, "Enough.", CancellationToken.None);
        await world.SettledAsync(Run);

        Assert.Equal(RunStatus.Cancelled, world.StateOf(Run).Status);
        Assert.Null(await worker.ClaimAsync(request));
    }

    [Fact]
    [Trait("lesson", "5.5")]
    public async Task Work_that_was_never_sent_is_closed_too()
    {
        await using var world = new World();
        var plan = new FaultPlan();
        plan.TakeAway("tasks.publish");
        var executor = await world.StartAsync(plan);
        await World.StartRunAsync(executor, Run, Stops);
        await Eventually.IsAsync(() => plan.InVain > 0, CancellationToken.None);

        await executor.CancelAsync(Run, null, CancellationToken.None);
        await Eventually.IsAsync(() => world.StateOf(Run).HasEnded, CancellationToken.None);

        Assert.Equal(RunStatus.Cancelled, world.StateOf(Run).Status);
        Assert.Equal(SlotStatus.Cancelled, Assert.Single(await world.Guard.RowsAsync(Run, CancellationToken.None)).Status);
    }

    [Fact]
    [Trait("lesson", "5.3")]
    public async Task The_worker_that_is_at_it_is_told_and_its_answer_ends_the_run()
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var executor = await world.StartAsync();
        await World.StartRunAsync(executor, Run, Stops);
        var result = await worker.TakeAsync();

        await executor.CancelAsync(Run, null, CancellationToken.None);
        var told = await FirstAsync(world.Queue.CancelsAsync(HandWorker.Name, ["default"], CancellationToken.None));

        Assert.Equal(result.Id, told.Id);
        await worker.ReportAsync(result with { Outcome = result.Outcome with { Status = SlotStatus.Cancelled } });
        await world.SettledAsync(Run);
        Assert.Equal(RunStatus.Cancelled, world.StateOf(Run).Status);
    }

    [Theory]
    [InlineData("claims.read")]
    [InlineData("results.read")]
    [InlineData("tasks.publish")]
    [InlineData("guard.reserve")]
    [InlineData("guard.claim")]
    [InlineData("guard.close")]
    [Trait("lesson", "5.8")]
    public async Task Before_every_message_in_turn_nothing_is_dispatched_afterwards_and_everything_ends(string call)
    {
        Assert.True(await CancelBefore.EachAsync(
            call, FanOut, _ => { }, world => world.SettledAsync(Run), world => CancelBefore.NothingFollows(world, Run)) > 0);
    }

    private static async Task<T> FirstAsync<T>(IAsyncEnumerable<T> stream)
    {
        await foreach (var one in stream)
        {
            return one;
        }

        throw new InvalidOperationException("The stream has ended.");
    }
}
