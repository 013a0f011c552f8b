using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Executor.Actors.Calls;
using Executor.Actors.Configuration;
using Executor.Actors.Recovery;
using Executor.Actors.Runs;
using Executor.Actors.Tests.Fakes;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Actors.Tests.Calls;

/// <summary>The order of the steps of one message from run to run: a crash may fall between any two of them.</summary>
public sealed class MessengerTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly RunId Caller = new("caller");
    private static readonly RunId Called = new("called");
    private static readonly Slot Slot = new("call", 1, Slot.NoItem, 1);
    private readonly InMemoryCatalog _catalog = new();
    private readonly TestProbe _dueKeeper;
    private readonly TestProbe _region;

    public MessengerTests()
        : base(new ConfFiles(_ => null).Load("test.conf")) =>
        (_dueKeeper, _region) = (CreateTestProbe(), CreateTestProbe());

    [Fact]
    public async Task A_run_is_told_to_start_when_it_cannot_be_forgotten_any_more()
    {
        var call = Call();
        var brought = Messenger().BringAsync(Caller, call, CancellationToken.None);
        var remind = _dueKeeper.ExpectMsg<DueStep.Remind>(Patience);
        Assert.Equal(Called, remind.Run);
        Assert.False(_region.HasMessages);
        Assert.Null(await _catalog.SourceAsync(call.Workflow.Hash, CancellationToken.None));

        _dueKeeper.Reply(new DueAnswer(remind, null));
        var start = _region.ExpectMsg<ForRun>(Patience);
        Assert.False(brought.IsCompleted);
        _region.Reply(new Accepted());

        Assert.True(await brought);
        Assert.Equal(Called, start.Run);
        Assert.Equal(call.Parent, Assert.IsType<RunCommand.Start>(start.Message).Parent);
        Assert.Equal(call.Workflow.Source, await _catalog.SourceAsync(call.Workflow.Hash, CancellationToken.None));
    }

    [Fact]
    public async Task A_run_that_cannot_be_reminded_of_is_not_started()
    {
        var brought = Messenger(TimeSpan.FromMilliseconds(50)).BringAsync(Caller, Call(), CancellationToken.None);

        await Assert.ThrowsAsync<AskTimeoutException>(() => brought);
        Assert.False(_region.HasMessages);
    }

    [Fact]
    public async Task A_called_run_hears_that_its_caller_knows_when_the_caller_has_said_so()
    {
        var brought = Messenger().BringAsync(Called, Tell(), CancellationToken.None);
        var end = _region.ExpectMsg<ForRun>(Patience);
        Assert.False(_region.HasMessages);

        _region.Reply(new Accepted());
        var heard = _region.ExpectMsg<ForRun>(Patience);
        Assert.False(brought.IsCompleted);
        _region.Reply(new Accepted());

        Assert.True(await brought);
        Assert.Equal((Caller, Called), (end.Run, heard.Run));
        Assert.Equal(Slot, Assert.IsType<RunCommand.FinishItem>(end.Message).Slot);
        Assert.IsType<RunCommand.HearParent>(heard.Message);
    }

    [Fact]
    public async Task A_caller_that_does_not_say_so_is_told_again_later()
    {
        var brought = Messenger().BringAsync(Called, Tell(), CancellationToken.None);
        _region.ExpectMsg<ForRun>(Patience);

        _region.Reply(Postponed.Now);

        Assert.False(await brought);
        Assert.False(_region.HasMessages);
    }

    private static RunEffect.Call Call() => new(
        Called, WorkflowYaml.Read("tasks: [{name: t, action: core.noop}]", "test.called").Spec!, Value.Map.Empty,
        RunLimits.Default, new RunParent(Caller, Slot, 1, DateTimeOffset.UnixEpoch, null, Caller), Stop: null, Turn: 0);

    private static RunEffect.TellParent Tell() =>
        new(Caller, Slot, new ItemOutcome(SlotStatus.Completed, Value.Null), DateTimeOffset.UnixEpoch);

    private Messenger Messenger(TimeSpan? patience = null) => new(
        _dueKeeper, _catalog, new Lazy<IActorRef>(_region), patience ?? Patience, TimeSpan.FromSeconds(60), Sys.Scheduler);
}
