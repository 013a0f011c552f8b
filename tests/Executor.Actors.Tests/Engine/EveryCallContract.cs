using System.Collections.Concurrent;
using Executor.Actors.Tests.Faults;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Xunit.Abstractions;

namespace Executor.Actors.Tests.Engine;

/// <summary>One fault at every call of every port, one call at a time: the end is always the same.</summary>
public abstract class EveryCallContract(ITestOutputHelper output)
{
    private const int AtOnce = 6;

    /// <summary>Calls of the reconciler, whose round may not come in a run as short as these.</summary>
    private static readonly string[] Looks = ["due.due", "guard.unclosed", "guard.unsend"];

    /// <summary>What a run does that is told something once more after its end.</summary>
    private static readonly string[] AgainAwake = ["journal.read"];

    private protected static readonly RunId Run = new("run-1");

    protected abstract string Yaml { get; }

    [Fact]
    [Trait("vector", "W29")]
    [Trait("lesson", "12.1")]
    [Trait("fault", "F03")]
    public Task Killed_before_a_call() => AtEveryCallAsync(new Fault.CrashBefore());

    [Fact]
    [Trait("vector", "W29")]
    [Trait("lesson", "12.1")]
    [Trait("fault", "F03")]
    public Task Killed_after_a_call() => AtEveryCallAsync(new Fault.CrashAfter());

    [Fact]
    [Trait("lesson", "12.1")]
    public Task A_call_fails() => AtEveryCallAsync(new Fault.FailBefore());

    [Fact]
    [Trait("lesson", "12.1")]
    [Trait("fault", "F26")]
    public Task A_call_is_made_and_reported_as_failed() => AtEveryCallAsync(new Fault.FailAfter());

    [Fact]
    [Trait("lesson", "12.1")]
    public Task A_call_is_held_back() =>
        AtEveryCallAsync(Fault.Delay.For(TimeSpan.FromMilliseconds(20), TimeProvider.System));

    [Fact]
    [Trait("lesson", "12.1")]
    [Trait("fault", "F34")]
    public Task A_call_is_made_twice() => AtEveryCallAsync(new Fault.Duplicate());

    [Fact]
    [Trait("lesson", "12.1")]
    [Trait("fault", "F03")]
    public Task Killed_again_before_a_call_of_the_process_that_recovers() =>
        AtEveryCallAsync(new Fault.CrashBefore(), recovering: true);

    [Fact]
    [Trait("lesson", "12.1")]
    [Trait("fault", "F03")]
    public Task Killed_again_after_a_call_of_the_process_that_recovers() =>
        AtEveryCallAsync(new Fault.CrashAfter(), recovering: true);

    [Fact]
    [Trait("lesson", "12.1")]
    public Task A_call_of_the_process_that_recovers_fails() => AtEveryCallAsync(new Fault.FailBefore(), recovering: true);

    /// <summary>Calls that a run makes or does not make as it happens.</summary>
    protected virtual IReadOnlyList<string> ByChance => [];

    private protected abstract void Arrange(World world);

    private protected virtual FakeWorker WorkerOf(World world) => new(world.Queue, () => DateTimeOffset.UtcNow);

    /// <summary>What the run asks people, where it asks anything.</summary>
    private protected virtual Task AnswerAsync(World world, ExecutorSystem executor, CancellationToken stop) =>
        Task.CompletedTask;

    private protected abstract Task SettledAsync(World world, CancellationToken stop);

    private protected abstract void Check(World world, FakeWorker worker);

    /// <summary>Names and counts come from runs without a fault; then each call in turn, until one is not reached.</summary>
    /// <param name="recovering">The faults are those of a second process: the first has died in the middle of the group.</param>
    private async Task AtEveryCallAsync(Fault fault, bool recovering = false)
    {
        var calls = new FaultPlan();
        await RunAsync(calls, new Fault.Duplicate(), recovering);
        var cases = calls.Calls.CountBy(name => name).ToArray();
        Assert.Contains(cases, one => one.Key == (recovering ? "journal.read" : "journal.write"));
        Assert.Contains(cases, one => one.Key == "results.read.ack");
        var struck = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            cases.SelectMany(one => Enumerable.Range(1, one.Value).Select(number => (Call: one.Key, Number: number))),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (one, _) =>
            {
                var plan = new FaultPlan().At(one.Call, one.Number, fault);
                try
                {
                    await RunAsync(plan, fault, recovering);
                }
                catch (Exception wrong)
                {
                    throw new InvalidOperationException($"{fault} at {one.Call} number {one.Number}: {wrong.Message}", wrong);
                }

                if (plan.HasStruck)
                {
                    struck.Add(one.Call);
                }
            });
        output.WriteLine(string.Join(", ", struck.CountBy(call => call).Select(one => $"{one.Key} {one.Value}").Order()));
        Assert.Empty(cases.Select(one => one.Key).Except(struck).Except(Looks).Except(ByChance)
            .Except(recovering ? [] : AgainAwake));
    }

    private async Task RunAsync(FaultPlan plan, Fault fault, bool recovering)
    {
        await using var world = new World();
        Arrange(world);
        await using var worker = WorkerOf(world);
        if (recovering)
        {
            await DieInTheMiddleAsync(world);
        }

        var kills = fault is Fault.CrashBefore or Fault.CrashAfter;
        using var killed = new CancellationTokenSource();
        var executor = await StartAsync(world, plan);
        var ended = DriveAsync(world, executor, killed.Token);
        if (kills && await Task.WhenAny(ended, plan.Struck) == plan.Struck)
        {
            await world.KillAsync(executor);
            await killed.CancelAsync();
            await LeaveAsync(ended);
            ended = DriveAsync(world, await world.StartAsync(), CancellationToken.None);
        }

        await ended;
        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
        Check(world, worker);
        Assert.Equal(worker.Started.Count, worker.Started.Select(request => request.Id).Distinct().Count());
    }

    /// <summary>Whatever a caller sees of a process that dies, it asks the next one again.</summary>
    private static async Task LeaveAsync(Task ended) => await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task DieInTheMiddleAsync(World world)
    {
        using var killed = new CancellationTokenSource();
        var plan = new FaultPlan().At("results.read", 3, new Fault.CrashAfter());
        var executor = await world.StartAsync(plan);
        var ended = DriveAsync(world, executor, killed.Token);
        await plan.Struck;
        await world.KillAsync(executor);
        await killed.CancelAsync();
        await LeaveAsync(ended);
    }

    /// <summary>A process that dies while it starts is started again.</summary>
    private static async Task<ExecutorSystem> StartAsync(World world, FaultPlan plan)
    {
        try
        {
            return await world.StartAsync(plan);
        }
        catch (StorageException) when (plan.HasStruck)
        {
            return await world.StartAsync();
        }
    }

    /// <summary>As a caller does it: the same start again until it is accepted.</summary>
    private async Task DriveAsync(World world, ExecutorSystem executor, CancellationToken killed)
    {
        var workflow = World.Workflow(Yaml);
        while (!await IsAcceptedAsync(executor, workflow, killed))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), killed);
        }

        await AnswerAsync(world, executor, killed);
        await SettledAsync(world, killed);
    }

    private static async Task<bool> IsAcceptedAsync(
        ExecutorSystem executor, WorkflowSpec workflow, CancellationToken killed)
    {
        try
        {
            var accepted = await executor.StartRunAsync(Run, workflow, Value.Map.Empty, RunLimits.Default, null, killed);
            Assert.Null(accepted.Refusal);
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }
}
