using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>An orderly stop settles what it has in hand, and takes nothing new.</summary>
public sealed class StoppingTests
{
    private const string Two =
        """
        ref: test.two
        tasks:
          - name: first
            action: core.noop
            next:
              - do: second
          - name: second
            action: core.noop
        """;

    private static readonly RunId Run = new("run-1");

    [Theory]
    [InlineData("guard.close")]
    [InlineData("results.read.ack")]
    [InlineData("journal.write")]
    [Trait("lesson", "9.9")]
    public async Task A_result_in_hand_is_settled_before_the_stop_is_over(string call)
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var goOn = new TaskCompletionSource();
        var plan = new FaultPlan();
        var executor = await world.StartAsync(plan);
        await World.StartRunAsync(executor, Run, Two);
        var result = await worker.TakeAsync();
        plan.At(call, 1 + plan.Calls.Count(made => made == call), Fault.Delay.Until(goOn.Task));
        await worker.ReportAsync(result);
        await plan.Struck;

        var stopped = executor.StopAsync();
        await worker.ReportAsync(result);
        Assert.False(stopped.IsCompleted);
        goOn.SetResult();
        await stopped;

        Assert.True(Assert.Single(
            await world.Guard.RowsAsync(Run, CancellationToken.None), row => row.Slot.Task == "first").Closed);
        await OneResultIsLeftAsync(world);
    }

    [Fact]
    [Trait("lesson", "9.9")]
    public async Task A_run_that_was_stopped_goes_on_in_the_next_process()
    {
        await using var world = new World();
        await using var worker = new FakeWorker(world.Queue, () => DateTimeOffset.UtcNow);
        var executor = await world.StartAsync();
        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);

        await executor.StopAsync();
        await world.StartAsync();

        await world.SettledAsync(Run);
        Assert.Equal(6, worker.Started.Count);
    }

    /// <summary>A node that its cluster has removed stops from within; its process must end, to be started again.</summary>
    [Fact]
    public async Task A_system_that_has_stopped_by_itself_is_closed_at_once_whatever_it_had_in_hand()
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var goOn = new TaskCompletionSource();
        var plan = new FaultPlan();
        var executor = await world.StartAsync(plan);
        await World.StartRunAsync(executor, Run, Two);
        var result = await worker.TakeAsync();
        plan.At("guard.close", 1 + plan.Calls.Count(made => made == "guard.close"), Fault.Delay.Until(goOn.Task));
        await worker.ReportAsync(result);
        await plan.Struck;

        await executor.System.Terminate();
        await executor.StopAsync().WaitAsync(TestEngine.Patience);

        goOn.SetResult();
    }

    /// <summary>The one that came too late.</summary>
    private static async Task OneResultIsLeftAsync(World world)
    {
        using var enough = new CancellationTokenSource();
        var left = world.Queue.ReadAsync(10, enough.Token).GetAsyncEnumerator(enough.Token);
        Assert.True(await left.MoveNextAsync());
        var more = left.MoveNextAsync();
        Assert.False(more.IsCompleted);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => more.AsTask());
    }
}
