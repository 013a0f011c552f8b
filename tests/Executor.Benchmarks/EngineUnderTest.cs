using Executor.Actors;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;
using Executor.Messaging;
using Executor.Storage;
using Executor.Worker;
using Executor.Worker.Actions;
using Executor.Worker.Runners;

namespace Executor.Benchmarks;

/// <summary>The embedded engine as the command line runs it, in a folder of its own.</summary>
internal sealed class EngineUnderTest : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SqliteStores _stores;
    private readonly ExecutorSystem _system;
    private readonly Task _worker;

    private EngineUnderTest(SqliteStores stores, ExecutorSystem system, InProcessQueue queue, int parallelism)
    {
        _stores = stores;
        _system = system;
        var options = new WorkerOptions { Parallelism = parallelism, KeepResults = false };
        var worker = new WorkerLoop(queue, new ActionCatalog(CoreActions.All(options)), options);
        _worker = worker.RunAsync(_stop.Token);
    }

    public static async Task<EngineUnderTest> StartAsync(string folder, int parallelism)
    {
        var queue = new InProcessQueue();
        var stores = await SqliteStores.OpenAsync(folder);
        var system = await ExecutorSystem.StartAsync(
            new ActorsOptions { Journal = $"Data Source={SqliteStores.JournalFile(folder)}", TokenKey = new byte[32] },
            new ActorsPorts(stores.Guard, stores.Executions, stores.Catalog, stores.DueTimes, queue, queue, queue)
            {
                LargeResults = stores.Results,
            },
            CancellationToken.None);
        return new EngineUnderTest(stores, system, queue, parallelism);
    }

    /// <returns>The run at its end.</returns>
    public async Task<RunState> RunAsync(string name, string yaml)
    {
        var reading = WorkflowYaml.Read(yaml, name);
        var run = new RunId(name);
        var accepted = await _system.StartRunAsync(
            run, reading.Spec!, Value.Map.Empty, RunLimits.Default, requestKey: null, CancellationToken.None);
        return accepted.Refusal is { } refusal
            ? throw new InvalidOperationException(refusal.Message)
            : await _system.WhenEndedAsync(run, CancellationToken.None);
    }

    public Task<RunState> StateAsync(RunId run) => _system.StateAsync(run, CancellationToken.None);

    public Task FlushAsync() => _system.FlushAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _worker;
        await _system.DisposeAsync();
        await _stores.DisposeAsync();
        _stop.Dispose();
    }
}
