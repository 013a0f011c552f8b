using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Akka.Streams;
using Executor.Actors.Batching;
using Executor.Actors.Calls;
using Executor.Actors.Claims;
using Executor.Actors.Cluster;
using Executor.Actors.Completions;
using Executor.Actors.Configuration;
using Executor.Actors.Dispatching;
using Executor.Actors.Inquiries;
using Executor.Actors.Recovery;
using Executor.Actors.Results;
using Executor.Actors.Runs;
using Executor.Actors.Snapshots;
using Executor.Actors.Streams;
using Executor.Actors.Views;
using Executor.Actors.Workers;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors;

/// <summary>The actors and streams of one node, joined.</summary>
internal sealed class Rooms
{
    /// <summary>Of contents that a node remembers: values and characters, which take some tens of bytes at most.</summary>
    private const long RecentWeight = 4 << 20;

    private readonly ActorSystem _system;
    private readonly ActorsPorts _ports;
    private readonly EndCourier _ends;
    private readonly IActorRef[] _writers;
    private readonly SharedKillSwitch _grant = KillSwitches.Shared("claims");
    private readonly SharedKillSwitch _read = KillSwitches.Shared("messages");
    private readonly Intake _intake = new();
    private readonly List<Task> _streams = [];
    private readonly RunRooms _runs;

    private Rooms(
        ActorSystem system, ActorsPorts ports, EndCourier ends, RunRooms runs, IActorRef region, IActorRef[] writers)
    {
        _system = system;
        _ports = ports;
        _ends = ends;
        _runs = runs;
        _writers = writers;
        Region = region;
        Workers = new WorkerBoard(ports.Beats, system.Scheduler);
    }

    public IActorRef Region { get; }

    public WorkerBoard Workers { get; }

    public static Rooms Open(ActorSystem system, ActorsOptions options, ActorsPorts ports)
    {
        IActorRef? opened = null;
        var region = new Lazy<IActorRef>(() => opened!);
        var ends = new EndCourier(ports.Guard, region, options.Patience, system.Scheduler);
        var dispatcher = system.ActorOf(
            Made<Dispatcher>.By(() => new Dispatcher(ports.Guard, ports.Tasks, region, options.RequestsInMemory)),
            "dispatcher");
        var withdrawer = system.ActorOf(
            Made<Withdrawer>.By(() => new Withdrawer(ports.Guard, ports.Tasks, ends)), "withdrawer");
        var dueKeeper = system.ActorOf(Made<DueKeeper>.By(() => new DueKeeper(ports.DueTimes)), "due-keeper");
        var messenger = new Messenger(
            dueKeeper, ports.Catalog, region, options.Patience, options.StaleAfter, system.Scheduler);
        var caller = system.ActorOf(Made<Caller>.By(() => new Caller(messenger, options.RequeuePause)), "caller");
        var inquiries = ports.Inquiries is { } questions
            ? system.ActorOf(Made<InquiryOpener>.By(() => new InquiryOpener(questions)), "inquiries")
            : ActorRefs.Nobody;
        var store = Persistence.Instance.Apply(system).SnapshotStoreFor(null);
        var snapshots = system.ActorOf(
            Made<SnapshotWriter>.By(() => new SnapshotWriter(store, options.SnapshotAfter)), "snapshots");
        var views = system.ActorOf(
            Made<ExecutionWriter>.By(
                () => new ExecutionWriter(
                    ports.Executions, ports.Inquiries, snapshots, dueKeeper, options.RowsInMemory)),
            "views");
        // From here, because an actor starts later than ActorOf returns: a run that recovered in between would tell its
        // past to nobody, and rows that a crash has left behind would stay so.
        system.EventStream.Subscribe(views, typeof(RunAdvanced));
        system.ActorOf(Made<Unheard>.By(() => new Unheard()), "unheard");
        var reviver = options.Cluster is null
            ? ActorRefs.Nobody
            : ClusterRuns.OpenReviver(system, region, options.RestartPause, options.LongestRestartPause);
        var rooms = new RunRooms(dispatcher, withdrawer, dueKeeper, reviver, options.Node, options.IdleAfter)
        {
            Actions = ports.Workflows is null ? options.Actions : options.Actions.ThatCanLookUp(),
            Caller = caller,
            Inquiries = inquiries,
            Finder = ports.Workflows is { } workflows
                ? system.ActorOf(Made<Finder>.By(() => new Finder(workflows)), "finder")
                : ActorRefs.Nobody,
            StaleAfter = options.StaleAfter,
            InlineResult = options.InlineResult,
        };
        rooms = ports.LargeResults is { } results ? WithResults(system, rooms, results) : rooms;
        opened = options.Cluster is { } cluster
            ? ClusterRuns.Open(system, cluster, run => RunActor.PropsOf(run, rooms))
            : system.ActorOf(
                RunRegion.PropsOf(
                    run => RunActor.PropsOf(run, rooms), options.Minds ?? (_ => true), options.RestartPause,
                    options.LongestRestartPause),
                "runs");
        IActorRef[] writers = ports.Inquiries is null ? [caller, views, dueKeeper] : [caller, inquiries, views, dueKeeper];
        return new Rooms(system, ports, ends, rooms, opened, writers);
    }

    private static RunRooms WithResults(ActorSystem system, RunRooms rooms, IResultStore results)
    {
        var recent = new RecentContents(RecentWeight);
        return rooms with
        {
            Keeper = system.ActorOf(Made<ResultKeeper>.By(() => new ResultKeeper(results, recent)), "result-keeper"),
            Fetcher = system.ActorOf(
                Made<ResultFetcher>.By(() => new ResultFetcher(results, recent)), "result-fetcher"),
        };
    }

    /// <summary>Reads the journal of a run that does not exist: connections are open then, and code is compiled.</summary>
    public async Task WarmUpAsync(TimeSpan patience, CancellationToken stop)
    {
        // Nobody looks after it when it fails: whoever did would leave an entry in the journal of a run that never was.
        var rooms = _runs with { Reviver = ActorRefs.Nobody };
        var nobody = _system.ActorOf(RunActor.PropsOf(new RunId(Guid.NewGuid().ToString("N")), rooms));
        // A database that is slow now is no reason not to join.
        if (await RunQuestion.AskAsync<RunReport>(nobody, AskReport.Now, patience, stop) is null)
        {
            _system.Log.Warning("The journal was not read within {0}, or not at all", patience);
        }

        nobody.Tell(StopRun.Now);
    }

    /// <summary>Clears up after the last process first, so that nothing new is mistaken for something old.</summary>
    public async Task BeginAsync(ActorsOptions options, CancellationToken stop)
    {
        var start = new Resumption(_ports.Guard, _ports.DueTimes, Region);
        if (options.WorkersDiedWithLastProcess)
        {
            await start.ForgetLastProcessAsync(stop);
        }

        var token = new ClaimToken(options.TokenKey);
        var materializer = _system.Materializer();
        var completion = new CompletionOptions(options.ResultsInHand, options.Patience, options.RequeuePause);
        var barred = new BarredClaims(_ports.Audit, _system.Scheduler, LogOf<BarredClaims>());
        _streams.Add(new ClaimDesk(_ports.Claims, _ports.Guard, token, options.Lease, barred, LogOf<ClaimDesk>())
            .RunAsync(materializer, _grant));
        _streams.Add(new CompletionConsumer(
                _ports.Results, _ports.Guard, Region, token, completion, _system.Scheduler, LogOf<CompletionConsumer>())
            .RunAsync(materializer, _intake, _read));
        _streams.Add(new DeadLetterConsumer(
                _ports.Tasks, _ports.Guard, _ends, _system.Scheduler, LogOf<DeadLetterConsumer>())
            .RunAsync(materializer, _intake, _read));
        _streams.Add(Workers.RunAsync(materializer, _read));
        if (options.ResumeAll)
        {
            await start.WakeAllAsync(stop);
        }

        var reconciler = new ReconcilerOptions(
            options.ReconcileEvery, options.Lease, options.StaleAfter, AtOnce: options.ResumeAll);
        _system.ActorOf(
            Made<Reconciler>.By(() => new Reconciler(_ports.Guard, _ports.DueTimes, _ends, Region, reconciler)),
            "reconciler");
    }

    /// <summary>Those that somebody has noticed and the run has not: it need not wait for the reconciler.</summary>
    public async Task TellEndsAsync(RunId run, CancellationToken stop) =>
        await _ends.DeliverAsync(await _ports.Guard.RowsAsync(run, stop), stop);

    /// <summary>
    /// In this order: what a run hears from another is news for its rows, and its last row is news for whoever keeps its
    /// time.
    /// </summary>
    public async Task FlushAsync(TimeSpan patience)
    {
        foreach (var writer in _writers)
        {
            await writer.Ask<Drained>(Drain.Now, patience);
        }
    }

    /// <summary>
    /// In order; at once where the system has stopped, or stops meanwhile, as that of a node which its cluster has
    /// removed: its streams died with it, and do not tell anybody that they have ended.
    /// </summary>
    public async Task CloseAsync(TimeSpan patience) =>
        await await Task.WhenAny(CloseInOrderAsync(patience), _system.WhenTerminated);

    private async Task CloseInOrderAsync(TimeSpan patience)
    {
        _grant.Shutdown();
        try
        {
            await _intake.CloseAsync().WaitAsync(patience);
            await FlushAsync(patience);
        }
        catch (Exception late) when (late is TimeoutException or AskTimeoutException)
        {
            // Whatever did not get done is repeated by the next process.
            _system.Log.Warning("Stopping took longer than {0}: {1}", patience, late.Message);
        }

        _read.Shutdown();
        await Task.WhenAll(_streams);
    }

    private ILoggingAdapter LogOf<T>() => Logging.GetLogger(_system, typeof(T));
}
