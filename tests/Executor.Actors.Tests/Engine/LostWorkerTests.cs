using Executor.Actors.Tests.Telemetry;
using Executor.Core.Expressions;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>A worker that was given up because its lease had passed, and that is heard of again.</summary>
public sealed class LostWorkerTests
{
    private const string Retried =
        """
        tasks: [{name: a, action: core.noop, retry: {count: 1}}]
        output_map: {said: "{{ task.a }}"}
        """;

    private static readonly RunId Run = new("run-1");

    [Fact]
    [Trait("vector", "W32")]
    [Trait("vector", "7 abandoned")]
    public async Task Its_attempt_stays_abandoned_with_who_it_was_and_the_next_attempt_decides()
    {
        var time = new VirtualTime();
        await using var world = new World(time.Stores);
        await using var worker = new HandWorker(world.Queue);
        using var late = new Counted("executor.results", "late");
        var executor = await world.StartAsync(
            set: options => options with { ReconcileEvery = TimeSpan.FromSeconds(15), StaleAfter = TimeSpan.FromMinutes(1) },
            settings: VirtualTime.Settings);
        time.Drives(executor);
        await World.StartRunAsync(executor, Run, Retried);
        var lost = await worker.TakeAsync();
        await time.PassUntilAsync(() => Ends(world).Length > 0, TimeSpan.FromMinutes(10));
        var second = await worker.TakeAsync();

        await worker.ReportAsync(Saying(lost, "late"), times: 2);
        await worker.ReportAsync(Saying(second, "second"));
        await worker.ReportAsync(Saying(lost, "later still"));

        await world.SettledAsync(Run);
        await Eventually.IsAsync(() => late.Sum >= 3, CancellationToken.None);
        Assert.Equal("""{"said":"second"}""", world.StateOf(Run).Output.ToString());
        Assert.Equal(
            [(1, SlotStatus.Abandoned), (2, SlotStatus.Completed)],
            Ends(world).Select(end => (end.Slot.Attempt, end.Outcome.Status)));
        var told = Ends(world)[0].Outcome;
        const string Error = "Execution abandoned because its worker became unavailable while running";
        Assert.Equal(Error, told.Error);
        Assert.Equal(
            ValueJson.Parse(
                $$"""
                {"succeeded": false, "error": "{{Error}}", "abandoned_by": "executor", "original_status": "running",
                 "worker": "{{HandWorker.Name}}", "reconciled_at": "{{IsoTime.Write(Ends(world)[0].At)}}"}
                """),
            told.Result);
    }

    private static TaskResult Saying(TaskResult result, string words) =>
        result with { Outcome = new ItemOutcome(SlotStatus.Completed, Value.Of(words)) };

    private static RunEvent.ItemFinished[] Ends(World world) =>
        [.. world.EntriesOf(Run).SelectMany(entry => entry.Events).OfType<RunEvent.ItemFinished>()];
}
