using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>A decision that no journal takes ends its own run, by name, and nobody else's.</summary>
public sealed class UnwritableTests
{
    private static readonly RunId Run = new("run-poisoned");

    private const string Chain =
        """
        ref: test.chain
        tasks:
          - name: big
            action: core.noop
            next:
              - publish:
                  - kept: "{{ result() }}"
                do: last
          - name: last
            action: core.noop
        output_map:
          once: "{{ workflow.kept }}"
          twice: "{{ workflow.kept }}"
          thrice: "{{ workflow.kept }}"
        """;

    [Fact]
    [Trait("fault", "F12")]
    public async Task A_result_that_is_too_large_fails_its_own_run_and_innocents_go_on()
    {
        await using var world = new World();
        await using var worker = Worker(world, request => request.Run == Run && request.Slot.Item == 3, 17 << 20);
        // Where there is no place for large results beside the journal, they would have to stand in it.
        var executor = await world.StartAsync(wrap: ports => ports with { LargeResults = null });
        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);
        RunId[] innocents = [.. Enumerable.Range(0, 20).Select(number => new RunId($"run-{number}"))];
        await Task.WhenAll(innocents.Select(run => World.StartRunAsync(executor, run, SeedWorkflow.Yaml)));

        foreach (var run in innocents)
        {
            await world.SettledAsync(run);
            Assert.Equal(RunStatus.Completed, world.StateOf(run).Status);
        }

        await world.SettledAsync(Run);
        var failed = world.StateOf(Run);
        Assert.Equal(RunStatus.Failed, failed.Status);
        Assert.Contains(failed.Problems, problem => problem is { Code: RunCodes.Unwritable, Task: "process_items" });
        Assert.DoesNotContain(worker.Started, request => request.Run == Run && request.Slot.Task == "validate");
    }

    [Fact]
    [Trait("fault", "F12")]
    public async Task An_output_that_is_too_large_fails_its_run_which_then_has_none()
    {
        await using var world = new World();
        await using var worker = Worker(world, request => request.Slot.Task == "big", 6 << 20);
        var executor = await world.StartAsync();

        await World.StartRunAsync(executor, Run, Chain);
        await world.SettledAsync(Run);

        var failed = world.StateOf(Run);
        Assert.Equal(RunStatus.Failed, failed.Status);
        Assert.Empty(failed.Output);
        Assert.Contains("cannot be stored", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("fault", "F12")]
    public async Task A_start_that_is_too_large_is_refused()
    {
        await using var world = new World();
        var executor = await world.StartAsync();
        var workflow = World.Workflow(
            """
            ref: test.greedy
            parameters:
              text: { type: string }
            tasks:
              - name: only
                action: core.noop
            """);
        var inputs = Value.Map.Empty.With("text", Value.Of(new string('x', 17 << 20)));

        var accepted = await executor.StartRunAsync(
            Run, workflow, inputs, RunLimits.Default, null, CancellationToken.None);

        Assert.Equal(RunCodes.Unwritable, accepted.Refusal?.Code);
        // An entry without events, by which a run proves that it is in hand here, may have come before.
        Assert.Empty(world.EntriesOf(Run).SelectMany(entry => entry.Events));
    }

    private static FakeWorker Worker(World world, Func<Core.Messages.TaskRequest, bool> isPoison, int size) => new(
        world.Queue,
        () => DateTimeOffset.UtcNow,
        act: request => new ItemOutcome(
            SlotStatus.Completed, isPoison(request) ? Value.Of(new string('x', size)) : Value.Of(1)));
}
