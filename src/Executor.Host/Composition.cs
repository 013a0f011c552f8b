using System.Security.Cryptography;
using Executor.Actors;
using Executor.Core.Runs;
using Executor.Host.Local;
using Executor.Messaging;
using Executor.Storage;
using Executor.Worker;
using Executor.Worker.Actions;
using Executor.Worker.Runners;

namespace Executor.Host;

/// <summary>All rooms put together for one machine and one process: the only place that knows every one of them.</summary>
internal sealed class Composition : IAsyncDisposable
{
    /// <summary>Enough that the concurrency of a workflow decides, not the worker.</summary>
    private const int Parallelism = 100;

    private readonly CancellationTokenSource _stopWorker = new();
    private readonly Task _working;
    private readonly AnswerCourier _answers;

    /// <param name="worker">Null: nothing is done.</param>
    private Composition(DataDirectory data, SqliteStores stores, ExecutorSystem system, WorkerLoop? worker, string workerName)
    {
        DataPath = data.Path;
        Stores = stores;
        Origins = new Origins(data);
        Engine = system;
        WorkerName = workerName;
        _working = worker is null ? Task.CompletedTask : Task.Run(() => worker.RunAsync(_stopWorker.Token));
        _answers = new AnswerCourier(stores.Offers, system);
    }

    /// <summary>Absolute.</summary>
    public string DataPath { get; }

    public SqliteStores Stores { get; }

    public Origins Origins { get; }

    public ExecutorSystem Engine { get; }

    public string WorkerName { get; }

    /// <param name="data">Held by this process: whoever worked on it before is certainly gone.</param>
    /// <param name="worker">What actions may do; how the worker works is decided here.</param>
    /// <param name="limits">Of the runs that are started here.</param>
    /// <param name="inlineResult">Bytes up to which a result stands in the journal.</param>
    /// <param name="debug">Logs more than what needs a person.</param>
    /// <param name="minds">
    /// The runs that this process is about. It ends with them, so that what it did for others could only be cut off.
    /// </param>
    /// <param name="observer">Hears what actions say while they run.</param>
    /// <param name="works">False: runs can be told something, and no action of theirs begins.</param>
    public static async Task<Composition> StartAsync(
        DataDirectory data, WorkerOptions worker, RunLimits limits, int inlineResult, IActionObserver observer, bool debug, Func<RunId, bool> minds,
        CancellationToken stop, bool works = true)
    {
        var stores = await SqliteStores.OpenAsync(data.Path);
        var queue = new InProcessQueue(new InProcessOptions { IsOnePool = true });
        worker.Parallelism = Parallelism;
        // Queue and worker die together: there is nothing to keep a result for.
        worker.KeepResults = false;
        // When this stops with something running it was told to leave it to the next process.
        worker.DrainLimit = TimeSpan.Zero;
        var loop = new WorkerLoop(queue, new ActionCatalog(CoreActions.All(worker)), worker, observer: observer);
        var ports = new ActorsPorts(
            stores.Guard, stores.Executions, stores.Catalog, stores.DueTimes, queue, queue, queue)
        {
            Inquiries = stores.Inquiries,
            LargeResults = stores.Results,
            Workflows = new LocalWorkflows(new StoredWorkflows(stores.Library, stores.Catalog), new Origins(data)),
        };
        var system = await ExecutorSystem.StartAsync(Options(data, limits, inlineResult, debug, minds), ports, stop);
        return new Composition(data, stores, system, works ? loop : null, worker.Name);
    }

    /// <inheritdoc cref="AnswerCourier.DeliverAsync"/>
    public Task DeliverAnswersAsync(CancellationToken stop) => _answers.DeliverAsync(stop);

    public async ValueTask DisposeAsync()
    {
        await _answers.DisposeAsync();
        await _stopWorker.CancelAsync();
        await _working;
        await Engine.DisposeAsync();
        await Stores.DisposeAsync();
        _stopWorker.Dispose();
    }

    private static ActorsOptions Options(
        DataDirectory data, RunLimits limits, int inlineResult, bool debug, Func<RunId, bool> minds) => new()
        {
            Journal = SqliteStores.JournalConnection(data.Path),
            // Results travel through this process only, so the key need not outlive it.
            TokenKey = RandomNumberGenerator.GetBytes(32),
            WorkersDiedWithLastProcess = true,
            Actions = CoreActionSpecs.Known,
            Limits = limits,
            InlineResult = inlineResult,
            Minds = minds,
            LogLevel = debug ? "INFO" : "WARNING",
        };
}
