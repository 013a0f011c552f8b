using Executor.Core;
using Executor.Worker.Actions;
using Executor.Worker.Runners;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Executor.Worker;

public static class WorkerSetup
{
    /// <summary>Adds a worker with the core actions; an <see cref="IWorkerLink"/> must be among the services.</summary>
    /// <param name="configure">Null leaves every option at its default.</param>
    public static WorkerBuilder AddExecutorWorker(
        this IServiceCollection services, Action<WorkerOptions>? configure = null)
    {
        var options = new WorkerOptions();
        configure?.Invoke(options);
        options.Check();
        var builder = new WorkerBuilder(services);
        foreach (var (name, runner) in CoreActions.All(options))
        {
            builder.AddAction(name, runner);
        }

        services.AddSingleton(builder.Build);
        services.AddSingleton(provider => new WorkerLoop(
            provider.GetRequiredService<IWorkerLink>(),
            provider.GetRequiredService<ActionCatalog>(),
            options,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<WorkerLoop>>(),
            provider.GetService<IActionObserver>()));
        services.AddHostedService<WorkerService>();
        services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = Longer(
            host.ShutdownTimeout, options.DrainLimit + options.KillGrace + TimeSpan.FromSeconds(10)));
        return builder;
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
