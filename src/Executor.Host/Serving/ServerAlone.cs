using System.Security.Cryptography;
using Executor.Actors;
using Executor.Host.Local;
using Executor.Host.Logs;
using Executor.Messaging;
using Executor.Storage;
using Executor.Worker;
using Executor.Worker.Actions;
using Executor.Worker.Runners;

namespace Executor.Host.Serving;

/// <summary>A server of its own: SQLite, a queue and a worker in this process.</summary>
internal static class ServerAlone
{
    public static async Task<Server> StartAsync(ServeOptions options, Closing closing, CancellationToken stop)
    {
        var data = DataDirectory.Hold(options.Data);
        closing.Then(() =>
        {
            data.Dispose();
            return Task.CompletedTask;
        });
        var sqlite = closing.Then(await SqliteStores.OpenAsync(data.Path));
        var queue = new InProcessQueue(new InProcessOptions { IsOnePool = true });
        var engine = closing.Then(await ExecutorSystem.StartAsync(
            // Results travel through this process only, so the key need not outlive it.
            ServerStart.Actors(
                options, SqliteStores.JournalConnection(data.Path), RandomNumberGenerator.GetBytes(32)) with
            {
                WorkersDiedWithLastProcess = true,
                ResumeAll = true,
            },
            new ActorsPorts(sqlite.Guard, sqlite.Executions, sqlite.Catalog, sqlite.DueTimes, queue, queue, queue)
            {
                Beats = queue,
                Inquiries = sqlite.Inquiries,
                LargeResults = sqlite.Results,
                Workflows = new StoredWorkflows(sqlite.Library, sqlite.Catalog),
            },
            stop));
        var worker = options.Worker;
        // Queue and worker die together: there is nothing to keep a result for.
        worker.KeepResults = false;
        StartWorker(queue, worker, closing.Then(new OwnedLog(options.LogLevel)), closing);
        var stores = new Stores(
            sqlite.Guard, sqlite.Executions, sqlite.Catalog, sqlite.DueTimes, sqlite.Journal, sqlite.Library,
            sqlite.Keys, sqlite.Audit, sqlite.Inquiries, sqlite.Results);
        closing.Then(new AnswerCourier(sqlite.Offers, engine));
        return new Server(
            engine, stores, InstallationKey.Of(data.Path), $"SQLite in {data.Path}, worker {worker.Name} inside",
            Broker: null, closing);
    }

    private static void StartWorker(InProcessQueue queue, WorkerOptions options, OwnedLog log, Closing closing)
    {
        var stop = new CancellationTokenSource();
        var loop = new WorkerLoop(
            queue, new ActionCatalog(CoreActions.All(options)), options, log: log.For<WorkerLoop>());
        var working = Task.Run(() => loop.RunAsync(stop.Token), CancellationToken.None);
        closing.Then(async () =>
        {
            await stop.CancelAsync();
            await working;
            stop.Dispose();
        });
    }
}
