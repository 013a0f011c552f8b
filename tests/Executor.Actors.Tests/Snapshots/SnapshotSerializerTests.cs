using System.Runtime.Serialization;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Executor.Actors.Configuration;
using Executor.Actors.Journal;
using Executor.Actors.Tests.Engine;
using Executor.Core.Runs;
using Executor.Core.Runs.Snapshots;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Snapshots;

public sealed class SnapshotSerializerTests : TestKit
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly SnapshotSerializer _serializer;

    public SnapshotSerializerTests()
        : base(new ConfFiles(_ => null).Load("test.conf")) =>
        _serializer = new SnapshotSerializer((ExtendedActorSystem)Sys);

    [Fact]
    public void Snapshots_are_written_by_their_own_serializer_under_a_fixed_number_and_name()
    {
        var found = Sys.Serialization.FindSerializerForType(typeof(RunSnapshot));

        Assert.IsType<SnapshotSerializer>(found);
        Assert.Equal(7303, found.Identifier);
        Assert.Equal("run-state.v5", _serializer.Manifest(RunSnapshot.Of(State())));
    }

    [Fact]
    public void A_snapshot_comes_back_whole()
    {
        var there = RunSnapshot.Of(State());

        var back = (RunSnapshot)_serializer.FromBinary(_serializer.ToBinary(there), RunStateJson.Format);

        Assert.Equal(Json(there), Json(back));
        Assert.Equal(there.Size, back.Size);
    }

    /// <summary>Whichever byte has changed: the checksum sees it, or it is a byte that means nothing.</summary>
    [Fact]
    public void A_damaged_snapshot_is_refused_and_never_another_state()
    {
        var whole = _serializer.ToBinary(RunSnapshot.Of(State()));
        var expected = Json(RunSnapshot.Of(State()));
        var refused = 0;
        for (var place = 0; place < whole.Length; place++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[place] ^= 0x04;
            try
            {
                Assert.Equal(expected, Json((RunSnapshot)_serializer.FromBinary(damaged, RunStateJson.Format)));
            }
            catch (SerializationException)
            {
                refused++;
            }
        }

        // In the head of the packing some bits mean nothing.
        Assert.True(refused > whole.Length - 20, $"{refused} of {whole.Length}");
    }

    [Fact]
    public void A_snapshot_that_was_cut_off_or_is_of_another_version_is_refused()
    {
        var whole = _serializer.ToBinary(RunSnapshot.Of(State()));

        Assert.Throws<SerializationException>(() => _serializer.FromBinary(whole[..^30], RunStateJson.Format));
        Assert.Throws<SerializationException>(() => _serializer.FromBinary([], RunStateJson.Format));
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(whole, "run-state.v0"));
    }

    private static string Json(RunSnapshot snapshot) => Convert.ToHexString(RunStateJson.Write(snapshot.State).Span);

    private static RunState State()
    {
        var workflow = TestEngine.Workflow(
            """
            ref: test.one
            tasks:
              - name: build
                action: core.noop
                with_items: [a, b, c]
            """);
        var run = Give(RunState.Initial(new RunId("run-1")), new RunCommand.Start(
            workflow, Value.Map.Empty.With("text", Value.Of("ü")), RunLimits.Default, "key", Noon));
        return Give(run, new RunCommand.FinishItem(
            new Slot("build", 1, 1, 1), new ItemOutcome(SlotStatus.Completed, Value.Of(1.0)), Noon));
    }

    private static RunState Give(RunState run, RunCommand command) =>
        run.Evolve(RunDecider.Decide(run, command).Events);
}
