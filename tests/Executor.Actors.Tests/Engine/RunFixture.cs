using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Executor.Actors.Configuration;
using Executor.Actors.Recovery;
using Executor.Actors.Runs;
using Executor.Actors.Tests.Fakes;
using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>Runs of the seed workflow behind their parent, with probes for the rooms around them, told as a node would.</summary>
public abstract class RunFixture : TestKit
{
    private readonly RunRooms _rooms;
    private readonly IActorRef _region;

    protected RunFixture()
        : this(new JournalStore(), new FaultPlan())
    {
    }

    private RunFixture(JournalStore journal, FaultPlan plan)
        : base(ConfigurationFactory.ParseString(FaultyJournal.SettingsFor(journal, plan))
            .WithFallback(new ConfFiles(_ => null).Load("test.conf"))
            .WithFallback(SqlPersistence.DefaultConfiguration))
    {
        (Journal, Plan) = (journal, plan);
        Dispatcher = CreateTestProbe();
        var dues = Sys.ActorOf(Made<DueKeeper>.By(() => new DueKeeper(new InMemoryDueTimes())));
        _rooms = new RunRooms(
            Dispatcher, CreateTestProbe(), dues, ActorRefs.Nobody, "test", TimeSpan.FromMinutes(10));
        _region = Region();
    }

    private protected JournalStore Journal { get; }

    private protected FaultPlan Plan { get; }

    protected TestProbe Dispatcher { get; }

    /// <summary>Another home of the same runs: two nodes may each believe for a while that a run is theirs.</summary>
    protected IActorRef Region() => Sys.ActorOf(RunRegion.PropsOf(
        run => RunActor.PropsOf(run, _rooms), _ => true, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(100)));

    protected void Start(RunId run)
    {
        Tell(run, new RunCommand.Start(
            World.Workflow(SeedWorkflow.Yaml), Value.Map.Empty, RunLimits.Default, null, DateTimeOffset.UtcNow));
        Assert.Null(ExpectMsg<Accepted>().Refusal);
    }

    protected void Finish(RunId run, Slot slot) => Tell(run, new RunCommand.FinishItem(
        slot, new ItemOutcome(SlotStatus.Completed, Value.Of(slot.Item)), DateTimeOffset.UtcNow));

    /// <summary>Completes when the parent has handed on all that it was told before.</summary>
    protected async Task HandedOnAsync()
    {
        _region.Tell(new Identify("handed on"), TestActor);
        await ExpectMsgAsync<ActorIdentity>();
    }

    protected void Tell(RunId run, RunCommand command) => _region.Tell(new ForRun(run, command), TestActor);
}
