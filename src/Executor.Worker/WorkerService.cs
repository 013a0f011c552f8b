using Microsoft.Extensions.Hosting;

namespace Executor.Worker;

internal sealed class WorkerService(WorkerLoop worker) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => worker.RunAsync(stoppingToken);
}
