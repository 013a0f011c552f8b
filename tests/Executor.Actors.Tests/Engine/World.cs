using System.Security.Cryptography;
using Akka.Actor;
using Executor.Actors.Batching;
using Executor.Actors.Journal;
using Executor.Actors.Tests.Fakes;
using Executor.Actors.Tests.Faults;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Messaging;

namespace Executor.Actors.Tests.Engine;

/// <summary>Stores and queues that outlive the executors on them, and so does what a worker holds.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly List<ExecutorSystem> _executors = [];
    private readonly TimeProvider _time;

    public World(TimeProvider? time = null, bool fenced = true)
    {
        _time = time ?? TimeProvider.System;
        Guard = new InMemoryGuard(_time);
        Queue = new InProcessQueue(
            InProcessOptions.Default with { AnswerPatience = TimeSpan.FromMilliseconds(500), DeliveryLimit = 1_000 });
        Journal = new JournalStore(fenced);
    }

    public InMemoryGuard Guard { get; }

    public InMemoryExecutions Executions { get; } = new();

    public InMemoryInquiries Inquiries { get; } = new();

    public InMemoryResults Results { get; } = new();

    /// <summary>Bytes of JSON up to which a result stands in the journal.</summary>
    public int InlineResult { get; set; } = 64 << 10;

    public InMemoryDueTimes DueTimes { get; } = new();

    public InMemoryCatalog Catalog { get; } = new();

    /// <summary>None is called by any name, until one is put here.</summary>
    public InMemoryWorkflows Workflows { get; } = new();

    public InProcessQueue Queue { get; }

    public JournalStore Journal { get; }

    /// <summary>A node on these stores, impatient where production may be patient.</summary>
    /// <param name="settings">HOCON that goes before everything.</param>
    public async Task<ExecutorSystem> StartAsync(
        FaultPlan? plan = null, Func<ActorsOptions, ActorsOptions>? set = null, string settings = "",
        Func<ActorsPorts, ActorsPorts>? wrap = null)
    {
        var calls = plan ?? new FaultPlan();
        var options = new ActorsOptions
        {
            Journal = "Data Source=:memory:",
            TokenKey = _key,
            ConfigurationFile = "test.conf",
            LogLevel = "OFF",
            Node = $"n{_executors.Count + 1}",
            ReconcileEvery = TimeSpan.FromMilliseconds(50),
            StaleAfter = TimeSpan.FromSeconds(1),
            Patience = TimeSpan.FromSeconds(2),
            RequeuePause = TimeSpan.FromMilliseconds(5),
            RestartPause = TimeSpan.FromMilliseconds(5),
            LongestRestartPause = TimeSpan.FromMilliseconds(200),
            ResumeAll = true,
            InlineResult = InlineResult,
            Settings = settings + Environment.NewLine + FaultyJournal.SettingsFor(Journal, calls),
        };
        var ports = new ActorsPorts(Guard, Executions, Catalog, DueTimes, Queue, Queue, Queue)
        {
            Inquiries = Inquiries,
            LargeResults = Results,
            Workflows = Workflows,
        };
        var executor = await ExecutorSystem.StartAsync(
            (set ?? (same => same))(options),
            FaultyPorts.Around((wrap ?? (same => same))(ports), calls),
            CancellationToken.None);
        _executors.Add(executor);
        return executor;
    }

    /// <summary>Those that it has called, in order.</summary>
    public IReadOnlyList<RunId> CalledBy(RunId run) =>
    [
        .. EntriesOf(run).SelectMany(entry => entry.Events).OfType<RunEvent.Dispatched>().Where(one => one.IsCall)
            .Select(call => RunId.OfCall(call.Id)),
    ];

    /// <summary>The run and all below it: each call is one run, which its caller has heard of and which knows so.</summary>
    public async Task FamilySettledAsync(RunId run, CancellationToken stop = default)
    {
        await SettledAsync(run, stop);
        var ends = EntriesOf(run).SelectMany(entry => entry.Events).OfType<RunEvent.ItemFinished>()
            .ToDictionary(end => end.Slot, end => end.Outcome.Status);
        foreach (var called in CalledBy(run))
        {
            await FamilySettledAsync(called, stop);
            var state = StateOf(called);
            Assert.Equal(run, state.Parent!.Run);
            Assert.True(state.IsSettled);
            Assert.Single(EntriesOf(called).SelectMany(entry => entry.Events).OfType<RunEvent.ParentTold>());
            Assert.Equal(ends[state.Parent.Slot].ToString(), state.Status.ToString());
        }
    }

    public static async Task StartRunAsync(ExecutorSystem executor, RunId run, string yaml)
    {
        var accepted = await executor.StartRunAsync(
            run, Workflow(yaml), Value.Map.Empty, RunLimits.Default, null, CancellationToken.None);
        Assert.Null(accepted.Refusal);
    }

    /// <summary>Completes when what the runs have decided so far is with the guard and the queue.</summary>
    public Task FlushDispatchersAsync() => Task.WhenAll(_executors.Select(executor =>
        executor.System.ActorSelection("/user/dispatcher").Ask<Drained>(Drain.Now, TimeSpan.FromSeconds(10))));

    /// <summary>Nothing is finished, drained or flushed.</summary>
    public async Task KillAsync(ExecutorSystem executor)
    {
        await executor.System.Terminate();
        _executors.Remove(executor);
    }

    /// <summary>As often as they stand in the journal.</summary>
    public IEnumerable<Slot> Dispatches(RunId run) =>
        from row in Journal.RowsOf(JournalCodec.IdOf(run))
        from happened in new JournalCodec().Read(new JournalRow(row.Sequence, default, row.Manifest, row.Payload)).Events
        where happened is RunEvent.Dispatched
        select ((RunEvent.Dispatched)happened).Slot;

    /// <summary>All that the journal says, with the sequence number of each entry checked to have no gap and no double.</summary>
    public IReadOnlyList<JournalEntry> EntriesOf(RunId run)
    {
        var codec = new JournalCodec();
        var rows = Journal.RowsOf(JournalCodec.IdOf(run));
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(number => (long)number), rows.Select(row => row.Sequence));
        return [.. rows.Select(row => codec.Read(new JournalRow(row.Sequence, default, row.Manifest, row.Payload)))];
    }

    public RunState StateOf(RunId run) =>
        EntriesOf(run).Aggregate(RunState.Initial(run), (state, entry) => state.Evolve(entry.Events));

    /// <summary>Each slot dispatched once, one closed guard row each, rows as the journal has them, nothing left over.</summary>
    public async Task SettledAsync(RunId run, CancellationToken stop = default)
    {
        await Eventually.IsAsync(() => StateOf(run).HasEnded, stop);
        await Eventually.IsAsync(async () => (await Guard.RowsAsync(run, stop)).All(row => row.Closed), stop);
        await Eventually.IsAsync(async () => await Executions.RunAsync(run, stop) is { EndedAt: not null }, stop);
        await Eventually.IsAsync(async () => (await DueTimes.DueAsync(DateTimeOffset.MaxValue, null, 1, stop)).Count == 0, stop);
        await Eventually.IsAsync(() => Queue.Waiting("default") == 0, stop);

        var entries = EntriesOf(run);
        var events = entries.SelectMany(entry => entry.Events).ToArray();
        var dispatched = events.OfType<RunEvent.Dispatched>().Select(one => one.Slot).ToArray();
        var finished = events.OfType<RunEvent.ItemFinished>().Select(one => one.Slot).ToArray();
        Assert.Equal(dispatched.Length, dispatched.Distinct().Count());
        Assert.Equal(finished.Length, finished.Distinct().Count());
        var guard = await Guard.RowsAsync(run, default);
        var sent = events.OfType<RunEvent.Dispatched>().Where(one => !one.IsCall && !one.IsQuestion)
            .Select(one => one.Slot);
        Assert.Equal(sent.Order(SlotOrder.Instance), guard.Select(row => row.Slot));
        var number = entries
            .SelectMany((entry, place) => entry.Events.OfType<RunEvent.Dispatched>().Select(one => (one.Slot, place + 1L)))
            .ToDictionary();
        Assert.All(guard, row => Assert.Equal(IsNeverReserved(row) ? 0 : number[row.Slot], row.Entry));
        await RowsMatchAsync(run, events);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var executor in _executors)
        {
            await executor.StopAsync();
        }
    }

    public static WorkflowSpec Workflow(string yaml) => TestEngine.Workflow(yaml);

    /// <summary>Withdrawn so early that its request was not even on the way.</summary>
    private static bool IsNeverReserved(GuardRow row) => row is { Entry: 0, SentAt: null, Status: SlotStatus.Cancelled };

    private async Task RowsMatchAsync(RunId run, IReadOnlyList<RunEvent> events)
    {
        var state = StateOf(run);
        var expected = RunRows.Of(RunState.Initial(run), state, [.. events]);
        // That its caller knows of its end changes no row.
        var last = state.Parent is null ? state.Entries : state.Entries - 1;
        await Eventually.IsAsync(
            async () => (await Executions.RunAsync(run, default))!.Sequence >= last, CancellationToken.None);
        var row = await Executions.RunAsync(run, default);
        Assert.Equal(expected.Run!.Status, row!.Status);
        Assert.Equal(expected.Run.CompletedTasks, row.CompletedTasks);
        Assert.Equal(expected.Run.EndedAt, row.EndedAt);
        var rows = await Executions.ExecutionsAsync(run, default);
        Assert.Equal(
            expected.Executions.Select(one => (one.Slot, one.Status, one.EndedAt)).OrderBy(one => one.Slot, SlotOrder.Instance),
            rows.Select(one => (one.Slot, one.Status, one.EndedAt)));
    }
}
