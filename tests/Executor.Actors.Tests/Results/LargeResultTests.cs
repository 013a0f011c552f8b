using Executor.Actors.Journal;
using Executor.Actors.Tests.Engine;
using Executor.Actors.Tests.Faults;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Results;

/// <summary>Results above the limit stand beside the journal and are fetched only when an expression reads them.</summary>
public sealed class LargeResultTests
{
    private static readonly RunId Run = new("run-1");

    /// <summary>A result of 1 MiB, of each item another.</summary>
    private static readonly string Filling = new('x', 1 << 20);

    [Fact]
    public async Task A_run_that_reads_none_of_its_large_results_fetches_none_and_its_journal_is_small()
    {
        await using var world = new World();
        await using var worker = Worker(world);
        var executor = await world.StartAsync();

        await World.StartRunAsync(executor, Run, Items("succeeded() and length(result()) == 8"));
        await world.SettledAsync(Run);

        Assert.Equal(9, world.Results.Count);
        Assert.Empty(world.Results.Fetches);
        Assert.Equal(9, world.StateOf(Run).DispatchCount);
        Assert.InRange(world.Journal.RowsOf(JournalCodec.IdOf(Run)).Sum(row => row.Payload.Length), 1, 40_000);
    }

    [Fact]
    public async Task A_run_that_reads_one_fetches_that_one_once_when_it_is_not_at_hand_any_more()
    {
        await using var world = new World();
        var executor = await world.StartAsync();
        await using var hand = new HandWorker(world.Queue);
        await World.StartRunAsync(executor, Run, Items("result()[3].item == 3 and result()[3].filling != ''"));
        var last = await EndAllButOneAsync(world, hand);
        await world.KillAsync(executor);

        await world.StartAsync();
        await hand.ReportAsync(last);
        await hand.ReportAsync(await hand.TakeAsync());
        await world.SettledAsync(Run);

        Assert.Equal([1], world.Results.Fetches);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_fetch_that_fails_is_repeated_and_the_run_goes_on(int fault)
    {
        await using var world = new World();
        var executor = await world.StartAsync();
        await using var hand = new HandWorker(world.Queue);
        await World.StartRunAsync(executor, Run, Items("result()[0].item == 0"));
        var last = await EndAllButOneAsync(world, hand);
        await world.KillAsync(executor);

        Fault[] faults = [new Fault.FailBefore(), new Fault.FailAfter(), new Fault.Duplicate()];
        var plan = new FaultPlan().At("stored.fetch", 1, faults[fault]);
        await world.StartAsync(plan);
        await hand.ReportAsync(last);
        await hand.ReportAsync(await hand.TakeAsync());
        await world.SettledAsync(Run);

        Assert.True(plan.HasStruck);
    }

    [Fact]
    public async Task A_result_up_to_the_limit_stands_in_the_journal()
    {
        await using var world = new World { InlineResult = 2 << 20 };
        await using var worker = Worker(world);
        var executor = await world.StartAsync();

        await World.StartRunAsync(executor, Run, Items("succeeded()"));
        await world.SettledAsync(Run);

        Assert.Equal(0, world.Results.Count);
        Assert.All(
            world.EntriesOf(Run).SelectMany(entry => entry.Events).OfType<RunEvent.ItemFinished>()
                .Where(end => end.Slot.Task == "many"),
            end => Assert.IsType<Value.Map>(end.Outcome.Result));
    }

    [Fact]
    public async Task A_run_waits_for_a_result_that_is_lost_and_goes_on_when_it_is_back()
    {
        await using var world = new World();
        await using var hand = new HandWorker(world.Queue);
        var lost = new LosingResults(world.Results);
        await WaitingForWhatIsLostAsync(world, hand, lost);
        Assert.False(world.StateOf(Run).HasEnded);

        lost.IsLosing = false;
        await hand.ReportAsync(await hand.TakeAsync());
        await world.SettledAsync(Run);
    }

    [Fact]
    public async Task A_run_that_waits_for_a_result_that_is_lost_can_be_cancelled()
    {
        await using var world = new World();
        await using var hand = new HandWorker(world.Queue);
        var executor = await WaitingForWhatIsLostAsync(world, hand, new LosingResults(world.Results));

        Assert.Null((await executor.CancelAsync(Run, "A result is lost.", CancellationToken.None)).Refusal);
        await world.SettledAsync(Run);

        Assert.Equal(RunStatus.Cancelled, world.StateOf(Run).Status);
    }

    [Fact]
    public async Task A_run_that_waits_for_a_result_that_is_lost_can_be_paused_and_goes_on_when_it_is_back()
    {
        await using var world = new World();
        await using var hand = new HandWorker(world.Queue);
        var lost = new LosingResults(world.Results);
        var executor = await WaitingForWhatIsLostAsync(world, hand, lost);

        Assert.Null((await executor.PauseAsync(Run, "Restoring.", CancellationToken.None)).Refusal);
        Assert.True(world.StateOf(Run).IsPaused);
        lost.IsLosing = false;
        Assert.Null((await executor.ResumeAsync(Run, CancellationToken.None)).Refusal);
        await hand.ReportAsync(await hand.TakeAsync());
        await world.SettledAsync(Run);

        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
    }

    [Fact]
    public async Task A_pause_does_not_overtake_a_word_to_go_on_that_waits()
    {
        await using var world = new World();
        await using var hand = new HandWorker(world.Queue);
        var lost = new LosingResults(world.Results);
        var executor = await WaitingForWhatIsLostAsync(world, hand, lost);

        Assert.Null((await executor.PauseAsync(Run, "Restoring.", CancellationToken.None)).Refusal);
        var resumed = executor.ResumeAsync(Run, CancellationToken.None);
        var paused = executor.PauseAsync(Run, "Not yet.", CancellationToken.None);
        lost.IsLosing = false;

        Assert.Null((await resumed).Refusal);
        Assert.Null((await paused).Refusal);
        Assert.True(world.StateOf(Run).IsPaused);
    }

    private static async Task<ExecutorSystem> WaitingForWhatIsLostAsync(World world, HandWorker hand, LosingResults lost)
    {
        var executor = await world.StartAsync(wrap: ports => ports with { LargeResults = lost });
        await World.StartRunAsync(executor, Run, Items("result()[0].item == 0"));
        var last = await EndAllButOneAsync(world, hand);
        await world.KillAsync(executor);

        lost.IsLosing = true;
        executor = await world.StartAsync(wrap: ports => ports with { LargeResults = lost });
        await hand.ReportAsync(last);
        await Eventually.IsAsync(() => lost.Asked > 0, CancellationToken.None);
        return executor;
    }

    /// <returns>What is still to be told.</returns>
    private static async Task<TaskResult> EndAllButOneAsync(World world, HandWorker hand)
    {
        var results = new List<TaskResult>();
        for (var item = 0; item < 8; item++)
        {
            var taken = await hand.TakeAsync();
            results.Add(taken with { Outcome = Outcome(taken.Slot) });
        }

        foreach (var result in results.SkipLast(1))
        {
            await hand.ReportAsync(result);
        }

        await Eventually.IsAsync(() => world.StateOf(Run).InFlight.Count == 1, CancellationToken.None);
        return results[^1];
    }

    private static string Items(string when) =>
        $$$"""
        ref: test.many
        tasks:
          - name: many
            action: core.noop
            with_items: "{{ range(8) }}"
            concurrency: 8
            next:
              - when: "{{{when}}}"
                publish: {all: "{{ result() }}"}
                do: last
          - {name: last, action: core.noop}
        """;

    private static FakeWorker Worker(World world) =>
        new(world.Queue, () => DateTimeOffset.UtcNow, act: request => Outcome(request.Slot));

    private static ItemOutcome Outcome(Slot slot) => new(
        SlotStatus.Completed,
        Value.Map.Empty.With("item", Value.Of(slot.Item)).With("filling", Value.Of(Filling)));

    private sealed class LosingResults(IResultStore inner) : IResultStore
    {
        private int _asked;

        public bool IsLosing { get; set; }

        public int Asked => _asked;

        public Task StoreAsync(IReadOnlyList<ResultRow> batch, CancellationToken stop) => inner.StoreAsync(batch, stop);

        public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> FetchAsync(
            IReadOnlyList<string> ids, CancellationToken stop)
        {
            Interlocked.Increment(ref _asked);
            return IsLosing ? [.. ids.Select(_ => (ReadOnlyMemory<byte>?)null)] : await inner.FetchAsync(ids, stop);
        }
    }
}
