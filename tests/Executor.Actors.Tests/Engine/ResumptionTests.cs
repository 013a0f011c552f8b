using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>What a new process goes on with, and how soon.</summary>
public sealed class ResumptionTests
{
    private static readonly RunId Run = new("run-1");

    /// <param name="all">Whether the process resumes by itself, or is asked to wake the run.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_hears_at_once_of_what_died_with_the_last_process(bool all)
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var first = await world.StartAsync();
        await World.StartRunAsync(first, Run, SeedWorkflow.Yaml);
        await worker.TakeAsync();
        await world.KillAsync(first);

        var second = await world.StartAsync(set: options => options with
        {
            ReconcileEvery = TimeSpan.FromMinutes(10),
            WorkersDiedWithLastProcess = true,
            ResumeAll = all,
        });
        if (!all)
        {
            await second.WakeAsync(Run, CancellationToken.None);
        }

        await HearsOfLossAsync(world, Run);
    }

    [Fact]
    public async Task A_start_that_comes_after_all_is_stored_only_when_the_run_cannot_be_forgotten()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        var plan = new FaultPlan();
        var executor = await world.StartAsync(
            plan, options => options with { StaleAfter = TimeSpan.FromMinutes(1) }, VirtualTime.Settings);
        time.Drives(executor);
        var slow = new TaskCompletionSource();
        plan.At("catalog.store", 1, Fault.Delay.Until(slow.Task));
        var start = executor.StartRunAsync(
            Run, World.Workflow(SeedWorkflow.Yaml), Value.Map.Empty, RunLimits.Default, null, CancellationToken.None);
        await plan.Struck;
        Assert.False(NothingIsDue(world));
        await time.PassUntilAsync(() => NothingIsDue(world), TimeSpan.FromHours(2));

        plan.TakeAway("due.step");
        slow.SetResult();

        await time.PassUntilAsync(() => plan.InVain > 0, TimeSpan.FromHours(2));
        Assert.False(world.StateOf(Run).HasStarted);
        plan.BringBack();
        await time.PassUntilAsync(() => start.IsCompleted, TimeSpan.FromHours(2));
        Assert.Null((await start).Refusal);
        Assert.True(world.StateOf(Run).HasStarted);
        Assert.False(NothingIsDue(world));
    }

    [Fact]
    public async Task A_process_that_looks_after_one_run_leaves_the_others_as_they_are()
    {
        var (left, own) = (new RunId("run-left"), new RunId("run-own"));
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var first = await world.StartAsync();
        await World.StartRunAsync(first, left, SeedWorkflow.Yaml);
        await worker.TakeAsync();
        await world.KillAsync(first);
        var before = world.EntriesOf(left).Count;

        var plan = new FaultPlan();
        var second = await world.StartAsync(plan, options => options with
        {
            WorkersDiedWithLastProcess = true,
            Minds = run => run == own,
        });
        await World.StartRunAsync(second, own, SeedWorkflow.Yaml);
        while (!world.StateOf(own).HasEnded)
        {
            // Requests of the other are in this queue still, which outlives the processes.
            var result = await worker.TakeAsync();
            if (result.Run == own)
            {
                await worker.ReportAsync(result);
                await Eventually.IsAsync(() => !world.StateOf(own).IsAwaited(result.Slot), CancellationToken.None);
            }
        }

        await Eventually.IsAsync(() => plan.Calls.Count(call => call == "due.due") > 3, CancellationToken.None);
        await world.KillAsync(second);
        Assert.Equal(before, world.EntriesOf(left).Count);
        await world.StartAsync(set: options => options with { WorkersDiedWithLastProcess = true });
        await HearsOfLossAsync(world, left);
    }

    private static Task HearsOfLossAsync(World world, RunId run) => Eventually.IsAsync(
        () => world.EntriesOf(run).SelectMany(entry => entry.Events).OfType<RunEvent.ItemFinished>()
            .Any(finished => finished.Outcome.Status == SlotStatus.Abandoned),
        CancellationToken.None);

    private static bool NothingIsDue(World world) =>
        world.DueTimes.DueAsync(DateTimeOffset.MaxValue, null, 1, CancellationToken.None).Result.Count == 0;
}
