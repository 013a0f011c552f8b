using System.Threading.Channels;
using Executor.Actors.Tests.Faults;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>What a run says of an attempt whose time is up depends on whether a worker had taken it.</summary>
[Trait("vector", "7 no worker in time")]
public sealed class NeverTakenTests
{
    private static readonly RunId Run = new("run-1");

    private static readonly RunLimits Limits = RunLimits.Default with { StartAllowance = TimeSpan.FromSeconds(60) };

    private const string One =
        """
        ref: test.one
        tasks:
          - name: work
            action: test.work
            timeout: 60
            next: [{when: "{{ timed_out() }}", publish: [{what: "{{ result() }}"}, {why: "{{ error() }}"}], do: continue}]
        output_map: {what: "{{ workflow.what }}", why: "{{ workflow.why }}"}
        """;

    [Fact]
    public async Task No_worker_in_time()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        await StartAsync(world, time);

        await TimeIsUpAsync(world, time);
        await EndedAsync(world);
        await ClosedAsync(world);

        var run = world.StateOf(Run);
        Assert.Equal("Execution is unschedulable", Told(run, "why"));
        Assert.Equal(
            ["succeeded", "timed_out", "error", "message", "action_ref", "failed_by", "failed_at"],
            WhatOf(run).Select(member => member.Key));
        Assert.Equal("No worker of pool 'default' took it within 120 seconds.", Told(run, "message"));
        Assert.Equal("test.work", Told(run, "action_ref"));
        Assert.Equal("executor", Told(run, "failed_by"));
        Assert.InRange(run.EndedAt!.Value - run.StartedAt, TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(180));
    }

    [Fact]
    public async Task A_worker_that_took_it_and_has_not_come_to_an_end()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        await StartAsync(world, time, lease: TimeSpan.FromHours(1));
        await using var worker = new HandWorker(world.Queue);
        await worker.TakeAsync();

        await TimeIsUpAsync(world, time);
        await EndedAsync(world);

        Assert.Equal("Execution timed out after 60 seconds", Told(world.StateOf(Run), "why"));
    }

    [Fact]
    public async Task A_guard_that_does_not_answer_keeps_nobody_waiting()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        var plan = new FaultPlan();
        await StartAsync(world, time, plan);
        plan.TakeAway("guard.withdraw");

        await TimeIsUpAsync(world, time);
        await time.PassUntilAsync(() => world.StateOf(Run).HasEnded, TimeSpan.FromMinutes(1));

        Assert.Equal("Execution timed out after 60 seconds", Told(world.StateOf(Run), "why"));
    }

    [Fact]
    public async Task A_request_that_expired_in_its_queue()
    {
        await using var world = new World();
        var executor = await world.StartAsync(wrap: ports => ports with { Tasks = new ExpiringTasks() });

        await World.StartRunAsync(executor, Run, One.Replace("timed_out()", "failed()", StringComparison.Ordinal));
        await EndedAsync(world);

        var run = world.StateOf(Run);
        Assert.Equal("Worker queue TTL expired", Told(run, "why"));
        Assert.Equal(["succeeded", "error", "message", "expired_at"], WhatOf(run).Select(member => member.Key));
    }

    private static async Task StartAsync(World world, VirtualTime time, FaultPlan? plan = null, TimeSpan? lease = null)
    {
        var executor = await world.StartAsync(
            plan,
            options => options with { Lease = lease ?? options.Lease },
            settings: VirtualTime.Settings);
        time.Drives(executor);
        var accepted = await executor.StartRunAsync(
            Run, World.Workflow(One), Value.Map.Empty, Limits, requestKey: null, CancellationToken.None);
        Assert.Null(accepted.Refusal);
    }

    /// <summary>To the first step at which it is: what follows must not have to hurry.</summary>
    private static Task TimeIsUpAsync(World world, VirtualTime time) =>
        time.PassToAsync(world.StateOf(Run).NextDue!.Value + VirtualTime.Step - TimeSpan.FromTicks(1));

    private static Task EndedAsync(World world) =>
        Eventually.IsAsync(() => world.StateOf(Run).HasEnded, CancellationToken.None);

    private static async Task ClosedAsync(World world) => await Eventually.IsAsync(
        async () => (await world.Guard.RowsAsync(Run, default)).Single() is { Status: SlotStatus.Timeout, Closed: true },
        CancellationToken.None);

    private static Value.Map WhatOf(RunState run) => (Value.Map)Of(run.Output, "what");

    private static string Told(RunState run, string name) =>
        ((Value.Text)Of(name == "why" ? run.Output : WhatOf(run), name)).Content;

    private static Value Of(Value.Map map, string name)
    {
        Assert.True(map.TryGet(name, out var value), name);
        return value!;
    }

    /// <summary>A broker that keeps no request for even a moment.</summary>
    private sealed class ExpiringTasks : ITaskQueue
    {
        private readonly Channel<Delivery<TaskRequest>> _dead = Channel.CreateUnbounded<Delivery<TaskRequest>>();

        public Task<IReadOnlyList<bool>> PublishAsync(IReadOnlyList<TaskRequest> batch, CancellationToken stop)
        {
            foreach (var request in batch)
            {
                _dead.Writer.TryWrite(new Delivery<TaskRequest>(
                    request, 1, () => Task.CompletedTask, () => Task.CompletedTask, _ => Task.CompletedTask)
                {
                    HasExpired = true,
                });
            }

            return Task.FromResult<IReadOnlyList<bool>>([.. batch.Select(_ => true)]);
        }

        public Task CancelAsync(CancelRequest cancel, CancellationToken stop) => Task.CompletedTask;

        public IAsyncEnumerable<Delivery<TaskRequest>> DeadLettersAsync(CancellationToken stop) =>
            _dead.Reader.ReadAllAsync(stop);
    }
}
