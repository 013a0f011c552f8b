using Akka.Actor;
using Akka.TestKit.Xunit2;
using Executor.Actors.Configuration;
using Executor.Actors.Runs;
using Executor.Actors.Snapshots;
using Executor.Actors.Tests.Engine;
using Executor.Actors.Tests.Fakes;
using Executor.Actors.Views;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Snapshots;

/// <summary>A state goes to the snapshots when no row is missing that only its journal could give.</summary>
public sealed class ExecutionWriterTests : TestKit
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly Gate _gate = new();
    private readonly List<RunAdvanced> _steps = [];

    public ExecutionWriterTests()
        : base(new ConfFiles(_ => null).Load("test.conf"))
    {
        var run = RunState.Initial(new RunId("run-1"));
        var workflow = TestEngine.Workflow(
            """
            tasks:
              - name: each
                action: core.noop
                with_items: "{{ range(8) }}"
                concurrency: 2
            """);
        run = Step(run, new RunCommand.Start(workflow, Value.Map.Empty, RunLimits.Default, null, Noon));
        for (var item = 0; item < 8; item++)
        {
            run = Step(run, new RunCommand.FinishItem(
                new Slot("each", 1, item, 1), new ItemOutcome(SlotStatus.Completed, Value.Null), Noon));
        }
    }

    [Fact]
    public void A_state_is_handed_on_after_its_rows_and_never_before()
    {
        var writer = Writer(room: 100);
        writer.Tell(_steps[0]);
        _gate.Entered.Wait();
        writer.Tell(_steps[1]);
        writer.Tell(_steps[2]);
        ExpectNoMsg();

        _gate.Open(1);
        Assert.Equal(1, Entries(ExpectMsg<RowsComplete>()));
        ExpectNoMsg();

        _gate.Open(1);
        Assert.Equal(3, Entries(ExpectMsg<RowsComplete>()));
    }

    [Fact]
    public void What_was_gathered_in_the_meantime_counts_as_growth()
    {
        var writer = Writer(room: 100);
        _gate.Open(10);
        writer.Tell(_steps[0]);
        var first = Assert.Single(ExpectMsg<RowsComplete>().Runs);
        writer.Tell(_steps[1]);
        var second = Assert.Single(ExpectMsg<RowsComplete>().Runs);

        Assert.Equal(JournalWeight.Of(_steps[0].Events), first.Weight);
        Assert.Equal(JournalWeight.Of(_steps[1].Events), second.Weight);
    }

    [Fact]
    public void After_rows_were_left_out_nothing_is_handed_on_until_the_run_recovers()
    {
        var writer = Writer(room: 3);
        writer.Tell(_steps[0]);
        _gate.Entered.Wait();
        writer.Tell(_steps[1]);
        writer.Tell(_steps[2]);
        _gate.Open(10);
        Assert.Equal(1, Entries(ExpectMsg<RowsComplete>()));
        writer.Tell(_steps[3]);
        ExpectMsg<RowsComplete>(complete => Assert.Equal(2, Entries(complete)));
        ExpectNoMsg();

        writer.Tell(_steps[4] with { Recovered = true });
        var advance = Assert.Single(ExpectMsg<RowsComplete>().Runs);
        Assert.Equal((5L, 4L), (advance.State.Entries, advance.Recovered));
    }

    [Fact]
    public void A_writer_that_does_not_know_what_was_before_hands_nothing_on()
    {
        var writer = Writer(room: 100);
        _gate.Open(10);
        writer.Tell(_steps[3]);
        _gate.Entered.Wait();
        ExpectNoMsg();
    }

    private static long Entries(RowsComplete complete) => Assert.Single(complete.Runs).State.Entries;

    private IActorRef Writer(int room)
    {
        var probe = TestActor;
        return Sys.ActorOf(Props.Create(() => new ExecutionWriter(_gate, null, probe, ActorRefs.Nobody, room)));
    }

    private RunState Step(RunState run, RunCommand command)
    {
        var events = RunDecider.Decide(run, command).Events;
        var after = run.Evolve(events);
        _steps.Add(new RunAdvanced(run, after, [.. events]));
        return after;
    }

    /// <summary>A store that writes when it is told to.</summary>
    private sealed class Gate : IExecutionStore
    {
        private readonly InMemoryExecutions _inner = new();
        private readonly SemaphoreSlim _permits = new(0);

        public SemaphoreSlim Entered { get; } = new(0);

        public void Open(int writes) => _permits.Release(writes);

        public async Task WriteAsync(
            IReadOnlyList<RunRow> runs, IReadOnlyList<ExecutionRow> executions, CancellationToken stop)
        {
            Entered.Release();
            await _permits.WaitAsync(stop);
            await _inner.WriteAsync(runs, executions, stop);
        }

        public Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop) =>
            _inner.RunsAsync(query, stop);

        public Task<RunRow?> RunAsync(RunId run, CancellationToken stop) => _inner.RunAsync(run, stop);

        public Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop) =>
            _inner.ExecutionsAsync(run, stop);

        public Task<IReadOnlyList<ExecutionRow>> AttemptsAsync(
            RunId run, string task, Slot? after, int limit, CancellationToken stop) =>
            _inner.AttemptsAsync(run, task, after, limit, stop);
    }
}
