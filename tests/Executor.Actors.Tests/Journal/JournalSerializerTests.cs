using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Executor.Actors.Configuration;
using Executor.Actors.Journal;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Actors.Tests.Journal;

public sealed class JournalSerializerTests : TestKit
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly JournalSerializer _serializer;

    public JournalSerializerTests()
        : base(new ConfFiles(_ => null).Load("test.conf")) =>
        _serializer = new JournalSerializer((ExtendedActorSystem)Sys);

    [Fact]
    public void Entries_are_written_by_the_journals_own_serializer_under_a_fixed_number_and_name()
    {
        var found = Sys.Serialization.FindSerializerForType(typeof(JournalEntry));

        Assert.IsType<JournalSerializer>(found);
        Assert.Equal(7301, found.Identifier);
        Assert.Equal("je1", _serializer.Manifest(Entry()));
    }

    [Fact]
    public void An_entry_keeps_its_events_in_order_and_who_wrote_it()
    {
        var entry = Entry([.. EventSamples.All]);

        var read = (JournalEntry)_serializer.FromBinary(_serializer.ToBinary(entry), "je1");

        Assert.Equal(EventSamples.All.Select(happened => happened.GetType()), read.Events.Select(e => e.GetType()));
        Assert.Equal(("node-1", "incarnation-1", Noon), (read.Node, read.Incarnation, read.At));
    }

    [Fact]
    public void Members_that_a_newer_version_added_are_passed_over()
    {
        const string json =
            """{"node":"n","new":[1],"events":[{"delayEnded":{"task":"a","visit":1,"new":{"b":2}}}]}""";

        var read = (JournalEntry)_serializer.FromBinary(Encoding.UTF8.GetBytes(json), "je1");

        Assert.Equal(new RunEvent.DelayEnded("a", 1), Assert.Single(read.Events));
    }

    /// <summary>Older versions took texts that this one refuses; the runs that began with them go on.</summary>
    [Fact]
    public void A_workflow_that_was_taken_before_is_read_as_it_was_then()
    {
        const string Text = "tasks: [{name: a, action: core.noop}] # nothing\u2028label: hidden";
        var workflow = WorkflowYaml.ReadKept(Text, "test.kept").Spec!;

        var written = _serializer.ToBinary(Entry(new RunEvent.WorkflowFrozen("test.kept", workflow)));

        var read = (JournalEntry)_serializer.FromBinary(written, "je1");
        Assert.Equal("hidden", Assert.IsType<RunEvent.WorkflowFrozen>(Assert.Single(read.Events)).Workflow!.Label);
    }

    [Theory]
    [InlineData("je1", """{"events":[{"unheardOf":{}}]}""")]
    [InlineData("je1", """{"events":[{"held":{"slot":["a",1]}}]}""")]
    [InlineData("je1", "[")]
    [InlineData("je9", "{}")]
    public void What_cannot_be_read_is_an_error_and_never_half_an_entry(string manifest, string json) =>
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(Encoding.UTF8.GetBytes(json), manifest));

    private static JournalEntry Entry(params RunEvent[] events) =>
        new(events.ToImmutableArray(), "node-1", "incarnation-1", Noon);
}
