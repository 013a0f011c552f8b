using System.Collections.Concurrent;
using Akka.Actor;
using Executor.Actors.Runs;
using Executor.Actors.Tests.Engine;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Runs.Snapshots;
using Executor.Core.Values;
using Executor.Messaging;
using Microsoft.Data.Sqlite;

namespace Executor.Actors.Tests.Snapshots;

/// <summary>A snapshot saves time and changes nothing else: whole engines, on a real snapshot store.</summary>
public sealed class RecoveryTests : IAsyncDisposable
{
    private const int Items = 60;
    private static readonly RunId Run = new("run-1");
    private readonly TestEngine _engine = new();
    private readonly List<(FakeWorker Worker, SemaphoreSlim Work)> _lives = [];
    private readonly SwitchedStore _store;

    public RecoveryTests() => _store = new SwitchedStore(_engine.Executions);

    [Fact]
    public async Task A_run_recovers_from_its_last_snapshot_and_what_came_after()
    {
        var ended = await CompleteAsync();
        await UntilAsync(() => Snapshots().Count > 0);
        await RestartAsync();
        var last = Snapshots().Max();

        var (state, recovery) = await RecoverAsync();

        Assert.Equal(Json(ended), Json(state));
        Assert.Equal(last, recovery.Before.Entries);
        // Each item was dispatched and finished: what the snapshot knows is not folded again.
        Assert.InRange(recovery.Events.Length, 1, (2 * Items) - 1);
    }

    [Theory]
    [InlineData("UPDATE snapshot SET snapshot = x'1F8B0800'")]
    [InlineData("UPDATE snapshot SET manifest = 'run-state.v99'")]
    [InlineData("UPDATE snapshot SET serializer_id = 9999")]
    [InlineData("DROP TABLE snapshot; CREATE TABLE snapshot (persistence_id TEXT)")]
    [InlineData("DELETE FROM snapshot")]
    public async Task Without_a_readable_snapshot_the_journal_is_folded(string damage)
    {
        var ended = await CompleteAsync();
        await UntilAsync(() => Snapshots().Count > 0);
        await RestartAsync(() => Execute(damage));

        var (state, recovery) = await RecoverAsync();

        Assert.Equal(Json(ended), Json(state));
        Assert.Equal(0, recovery.Before.Entries);
    }

    [Fact]
    public async Task A_run_ends_although_no_snapshot_of_it_can_be_saved()
    {
        await StartAsync();
        Execute("DROP TABLE snapshot");
        Work.Release(Items);

        var ended = await _engine.System.WhenEndedAsync(Run, Late());

        Assert.Equal(RunStatus.Completed, ended.Status);
    }

    [Fact]
    public async Task Rows_that_a_crash_took_are_written_after_it_although_there_is_a_snapshot()
    {
        await StartAsync();
        Work.Release(20);
        await UntilAsync(() => Snapshots().Count > 0 && Completed() == 20);
        _store.IsAway = true;
        var written = (await _engine.System.StateAsync(Run, Late())).Entries;
        Work.Release(25);
        await UntilAsync(async () => (await _engine.System.StateAsync(Run, Late())).DispatchCount == 46);
        Assert.All(Snapshots(), entry => Assert.InRange(entry, 1, written));
        Assert.Equal(20, Completed());

        await _engine.System.System.Terminate();
        _store.IsAway = false;
        await StartSystemAsync();
        var (_, recovery) = await RecoverAsync();
        Assert.InRange(recovery.Before.Entries, 1, written);
        Work.Release(Items);
        var ended = await _engine.System.WhenEndedAsync(Run, Late());
        await _engine.System.FlushAsync();

        Assert.Equal(RunStatus.Completed, ended.Status);
        Assert.Equal(Items, Completed());
        Assert.Equal(RunStatus.Completed, (await _engine.Executions.RunAsync(Run, Late()))!.Status);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (worker, work) in _lives)
        {
            work.Release(Items);
            await worker.DisposeAsync();
        }

        await _engine.DisposeAsync();
    }

    private SemaphoreSlim Work => _lives[^1].Work;

    private async Task<RunState> CompleteAsync()
    {
        await StartAsync();
        Work.Release(Items);
        return await _engine.System.WhenEndedAsync(Run, Late());
    }

    private async Task StartAsync()
    {
        await StartSystemAsync();
        var workflow = TestEngine.Workflow(
            $$$"""
            tasks:
              - name: each
                action: core.noop
                idempotent: true
                with_items: "{{ range({{{Items}}}) }}"
            """);
        var accepted = await _engine.System.StartRunAsync(
            Run, workflow, Value.Map.Empty, RunLimits.Default, null, Late());
        Assert.Null(accepted.Refusal);
    }

    /// <summary>A process: its queue and its worker live and die with it.</summary>
    private async Task StartSystemAsync()
    {
        var (queue, work) = (new InProcessQueue(), new SemaphoreSlim(0));
        await _engine.StartAsync(
            ports => ports with { Executions = _store, Tasks = queue, Results = queue, Claims = queue },
            options => options with { SnapshotAfter = 5, WorkersDiedWithLastProcess = true });
        var worker = new FakeWorker(queue, () => DateTimeOffset.UtcNow, slots: 1, act: request =>
        {
            work.Wait(Late());
            return new ItemOutcome(SlotStatus.Completed, Value.Of(request.Slot.Item));
        });
        _lives.Add((worker, work));
    }

    private async Task RestartAsync(Action? meanwhile = null)
    {
        await _engine.System.StopAsync();
        meanwhile?.Invoke();
        await StartSystemAsync();
    }

    private async Task<(RunState State, RunAdvanced Recovery)> RecoverAsync()
    {
        var seen = new ConcurrentQueue<RunAdvanced>();
        var system = _engine.System.System;
        var ear = system.ActorOf(Props.Create(() => new Ear(seen)));
        await ear.Ask<string>("ready", TestEngine.Patience);
        var state = await _engine.System.StateAsync(Run, Late());
        await UntilAsync(() => !seen.IsEmpty);
        Assert.True(seen.TryPeek(out var recovery) && recovery.Recovered);
        return (state, recovery);
    }

    private static string Json(RunState run) => System.Text.Encoding.UTF8.GetString(RunStateJson.Write(run).Span);

    private static CancellationToken Late() => new CancellationTokenSource(TestEngine.Patience).Token;

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var late = Late();
        while (!await holds())
        {
            await Task.Delay(5, late);
        }
    }

    private int Completed() => _engine.Executions.ExecutionsAsync(Run, CancellationToken.None).Result
        .Count(row => row.Status == SlotStatus.Completed);

    private List<long> Snapshots()
    {
        using var connection = new SqliteConnection(_engine.Options.Journal);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sequence_number FROM snapshot WHERE persistence_id = 'run-run-1'";
        using var reader = command.ExecuteReader();
        var found = new List<long>();
        while (reader.Read())
        {
            found.Add(reader.GetInt64(0));
        }

        return found;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection(_engine.Options.Journal);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class Ear : ReceiveActor
    {
        public Ear(ConcurrentQueue<RunAdvanced> seen)
        {
            Receive<string>(text => Sender.Tell(text));
            Receive<RunAdvanced>(seen.Enqueue);
            Context.System.EventStream.Subscribe(Self, typeof(RunAdvanced));
        }
    }

    /// <summary>Rows for people, in a store that can be out of reach.</summary>
    private sealed class SwitchedStore(IExecutionStore inner) : IExecutionStore
    {
        public volatile bool IsAway;

        public Task WriteAsync(
            IReadOnlyList<RunRow> runs, IReadOnlyList<ExecutionRow> executions, CancellationToken stop) =>
            IsAway ? throw new StorageException("Away.") : inner.WriteAsync(runs, executions, stop);

        public Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop) =>
            inner.RunsAsync(query, stop);

        public Task<RunRow?> RunAsync(RunId run, CancellationToken stop) => inner.RunAsync(run, stop);

        public Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop) =>
            inner.ExecutionsAsync(run, stop);

        public Task<IReadOnlyList<ExecutionRow>> AttemptsAsync(
            RunId run, string task, Slot? after, int limit, CancellationToken stop) =>
            inner.AttemptsAsync(run, task, after, limit, stop);
    }
}
