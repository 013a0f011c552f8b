using Akka.Actor;
using Akka.Persistence.Sql;
using Akka.TestKit.Xunit2;
using Executor.Actors.Configuration;
using Executor.Actors.Recovery;
using Executor.Actors.Runs;
using Executor.Actors.Tests.Fakes;
using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>What comes for a run while it reads its journal, and cannot.</summary>
public sealed class UnheardTests : TestKit
{
    private static readonly RunId Run = new("run-1");
    private static readonly Slot First = new("process_items", 1, 0, 1);
    private readonly FaultPlan _plan;
    private readonly IActorRef _region;

    public UnheardTests()
        : this(new FaultPlan())
    {
    }

    private UnheardTests(FaultPlan plan)
        : base(Akka.Configuration.ConfigurationFactory.ParseString(FaultyJournal.SettingsFor(new JournalStore(), plan))
            .WithFallback(new ConfFiles(_ => null).Load("test.conf"))
            .WithFallback(SqlPersistence.DefaultConfiguration))
    {
        _plan = plan;
        var others = CreateTestProbe();
        var rooms = new RunRooms(others, others, others, ActorRefs.Nobody, "test", TimeSpan.FromMinutes(10));
        Sys.ActorOf(Props.Create(() => new Unheard()));
        _region = Sys.ActorOf(RunRegion.PropsOf(
            run => RunActor.PropsOf(run, rooms), _ => true, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    [Trait("fault", "F12")]
    public async Task Its_sender_is_told_at_once_to_send_it_again()
    {
        var (reading, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        _plan.At("journal.write", 2, new Fault.FailAfter());
        _plan.At("journal.highest", 2, new Fault.Delay(() =>
        {
            reading.SetResult();
            return released.Task;
        }));
        // An empty journal is not read at all.
        _plan.At("journal.read", 1, new Fault.FailBefore());
        Tell(new RunCommand.Start(
            World.Workflow(SeedWorkflow.Yaml), Value.Map.Empty, RunLimits.Default, null, DateTimeOffset.UtcNow));
        await ExpectMsgAsync<Accepted>();
        Finish();
        await ExpectMsgAsync<Postponed>();
        await reading.Task;
        Finish();
        // The region has handed it on when it answers what came after it.
        _region.Tell(new Identify("handed on"), TestActor);
        await ExpectMsgAsync<ActorIdentity>();

        released.SetResult();

        await ExpectMsgAsync<Postponed>();
        Finish();
        Assert.Equal(SlotStatus.Completed, (await ExpectMsgAsync<Accepted>()).Ended);
    }

    private void Finish() => Tell(new RunCommand.FinishItem(
        First, new ItemOutcome(SlotStatus.Completed, Value.Of(First.Item)), DateTimeOffset.UtcNow));

    private void Tell(RunCommand command) => _region.Tell(new ForRun(Run, command), TestActor);
}
