using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using Executor.Actors.Configuration;
using Executor.Actors.Runs;
using Executor.Actors.Wire;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Wire;

/// <summary>Nodes of two releases talk to each other: every message is written as it always was.</summary>
public sealed class WireSerializerTests : TestKit
{
    private readonly WireSerializer _serializer;

    public WireSerializerTests()
        : base(new ConfFiles(_ => null).Load("test.conf")) =>
        _serializer = new WireSerializer((ExtendedActorSystem)Sys);

    public static TheoryData<string> Kinds => new(WireNames.KnownTypes.Select(type => type.Name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_message_is_written_as_its_golden_file_says_and_read_without_loss(string kind)
    {
        var sample = Assert.Single(WireSamples.All, message => message.GetType().Name == kind);
        var name = _serializer.Manifest(sample);

        var written = _serializer.ToBinary(sample);

        Assert.Equal(File.ReadAllText(Golden(name)).TrimEnd(), Encoding.UTF8.GetString(written));
        Assert.Equal(written, _serializer.ToBinary(_serializer.FromBinary(written, name)));
    }

    [Fact]
    public void A_start_by_another_run_has_a_name_that_nodes_which_know_no_calls_refuse()
    {
        var written = _serializer.ToBinary(WireSamples.Call);

        Assert.Equal("start.v2", _serializer.Manifest(WireSamples.Call));
        Assert.Equal(File.ReadAllText(Golden("start.v2")).TrimEnd(), Encoding.UTF8.GetString(written));
        var read = Assert.IsType<RunCommand.Start>(_serializer.FromBinary(written, "start.v2"));
        Assert.Equal((WireSamples.Call.Parent, WireSamples.Call.Stop), (read.Parent, read.Stop));
        Assert.Equal(written, _serializer.ToBinary(read));
    }

    [Fact]
    public void A_start_by_a_run_that_was_paused_has_a_name_that_nodes_which_know_no_pauses_refuse()
    {
        var paused = WireSamples.Call with { Turn = 5 };
        var written = _serializer.ToBinary(paused);

        Assert.Equal("start.v3", _serializer.Manifest(paused));
        Assert.Equal(File.ReadAllText(Golden("start.v3")).TrimEnd(), Encoding.UTF8.GetString(written));
        Assert.Equal(5, Assert.IsType<RunCommand.Start>(_serializer.FromBinary(written, "start.v3")).Turn);
    }

    [Fact]
    public void A_start_that_repeats_a_run_has_a_name_that_nodes_which_know_no_reruns_refuse()
    {
        var written = _serializer.ToBinary(WireSamples.Again);

        Assert.Equal("start.v4", _serializer.Manifest(WireSamples.Again));
        Assert.Equal(File.ReadAllText(Golden("start.v4")).TrimEnd(), Encoding.UTF8.GetString(written));
        var read = Assert.IsType<RunCommand.Start>(_serializer.FromBinary(written, "start.v4"));
        Assert.Equal((WireSamples.Again.Origin, "lib.one"), (read.Origin, Assert.Single(read.Called!).Action));
        Assert.IsType<RunEvent.VisitKept>(read.Plan!.Kept[1]);
        Assert.Equal(written, _serializer.ToBinary(read));
    }

    [Fact]
    public async Task A_rerun_that_fits_into_no_frame_is_refused_before_it_is_sent()
    {
        var small = ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.maximum-frame-size = 2500b")
            .WithFallback(new ConfFiles(_ => null).Load("test.conf"));
        using var system = ActorSystem.Create("small", small);

        Assert.Equal("rerun.too-large", WireSerializer.TooLarge(system, new RunId("run-1"), WireSamples.Again)?.Code);
        Assert.Null(WireSerializer.TooLarge(Sys, new RunId("run-1"), WireSamples.Again));
        await system.Terminate();
    }

    [Fact]
    public void What_is_meant_for_a_run_keeps_its_address()
    {
        var addressed = new ForRun(new RunId("run-1"), new RunCommand.Cancel("Why", DateTimeOffset.UnixEpoch));

        var read = _serializer.FromBinary(_serializer.ToBinary(addressed), _serializer.Manifest(addressed));

        Assert.Equal("run:cancel.v1", _serializer.Manifest(addressed));
        Assert.Equal(addressed, read);
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true)]
    [InlineData("something else", false)]
    [InlineData(null, false)]
    public void What_is_meant_for_a_run_brings_the_trace_of_its_cause_if_that_is_one(string? trace, bool isOne)
    {
        var addressed = new ForRun(new RunId("run-1"), Wake.Up, trace);

        var read = _serializer.FromBinary(_serializer.ToBinary(addressed), _serializer.Manifest(addressed));

        Assert.Equal(addressed with { Trace = isOne ? trace : null }, read);
    }

    [Fact]
    public void Messages_between_nodes_find_this_serializer_under_a_fixed_number() =>
        Assert.Equal(7302, Assert.IsType<WireSerializer>(Sys.Serialization.FindSerializerFor(Wake.Up)).Identifier);

    [Fact]
    public void The_state_of_a_run_does_not_leave_its_process()
    {
        var state = new RunIs(RunState.Initial(new RunId("run-1")));

        Assert.Throws<SerializationException>(() => Sys.Serialization.Serialize(state));
        Assert.Throws<SerializationException>(() => _serializer.Manifest(new ForRun(new RunId("r"), AskState.Now)));
    }

    [Theory]
    [InlineData("start.v9", "{}")]
    [InlineData("System.Diagnostics.Process", "{}")]
    [InlineData("cancel.v1", "[")]
    [InlineData("cancel.v1", "null")]
    [InlineData("run:cancel.v1", """{"message":{}}""")]
    [InlineData("run:cancel.v1", """{"run":"r"}""")]
    public void What_is_unknown_or_damaged_is_refused(string manifest, string json) =>
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(Encoding.UTF8.GetBytes(json), manifest));

    private static string Golden(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "golden", name + ".json");
}
