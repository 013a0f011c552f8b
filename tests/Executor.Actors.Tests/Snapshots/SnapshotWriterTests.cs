using Akka.Actor;
using Akka.Persistence;
using Akka.TestKit.Xunit2;
using Executor.Actors.Batching;
using Executor.Actors.Configuration;
using Executor.Actors.Journal;
using Executor.Actors.Snapshots;
using Executor.Actors.Tests.Engine;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Snapshots;

/// <summary>What becomes of snapshots that are under way while their runs go on.</summary>
public sealed class SnapshotWriterTests : TestKit
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public SnapshotWriterTests()
        : base(new ConfFiles(_ => null).Load("test.conf"))
    {
    }

    [Fact]
    public async Task A_run_that_ends_while_it_is_saved_keeps_no_other_from_being_saved()
    {
        var (first, second) = (States("run-1"), States("run-2"));
        var store = TestActor;
        var writer = Sys.ActorOf(Props.Create(() => new SnapshotWriter(store, 2)));
        Tell(writer, first[1]);
        var saving = ExpectMsg<SaveSnapshot>(Patience);
        var saver = LastSender;
        Tell(writer, second[1]);
        Tell(writer, first[2]);
        var drained = writer.Ask<Drained>(Drain.Now, Patience);

        saver.Tell(new SaveSnapshotSuccess(saving.Metadata));

        var next = ExpectMsg<SaveSnapshot>(Patience);
        Assert.Equal(JournalCodec.IdOf(new RunId("run-2")), next.Metadata.PersistenceId);
        LastSender.Tell(new SaveSnapshotSuccess(next.Metadata));
        await drained;
    }

    private static void Tell(IActorRef writer, RunState state) =>
        writer.Tell(new RowsComplete([new Advance(state, 1_000, null)]));

    /// <summary>After each of the three entries of a run with two tasks; the last is its end.</summary>
    private static List<RunState> States(string id)
    {
        var workflow = TestEngine.Workflow(
            """
            tasks:
              - name: a
                action: core.noop
                next: [{do: b}]
              - name: b
                action: core.noop
            """);
        var states = new List<RunState>();
        var run = RunState.Initial(new RunId(id));
        RunCommand[] commands =
        [
            new RunCommand.Start(workflow, Value.Map.Empty, RunLimits.Default, null, Noon), Finish("a"), Finish("b"),
        ];
        foreach (var command in commands)
        {
            run = run.Evolve(RunDecider.Decide(run, command).Events);
            states.Add(run);
        }

        Assert.True(run.HasEnded);
        return states;
    }

    private static RunCommand.FinishItem Finish(string task) => new(
        new Slot(task, 1, Slot.NoItem, 1), new ItemOutcome(SlotStatus.Completed, Value.Null), Noon);
}
