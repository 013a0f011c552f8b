using Executor.Core;
using Executor.Messaging;
using Executor.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Executor.Chaos.Ledgers;

/// <summary>A worker process with the action of the load, made as people make their own: through the SDK.</summary>
internal static class LedgerWorker
{
    /// <param name="address">Of the broker, as the worker's own user.</param>
    public static async Task<int> RunAsync(string address, string name, string ledger)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(new LedgerFile(ledger));
        builder.Services.AddExecutorMessaging(options =>
        {
            options.Address = new Uri(address);
            // Off loopback the network is the campaign's own.
            options.AllowPlaintext = true;
            options.Name = $"worker:{name}";
        });
        // The last one that is added counts.
        builder.Services.AddSingleton(new Fate(ledger, name));
        builder.Services.AddSingleton<IWorkerLink>(services => new MortalLink(
            services.GetRequiredService<WorkerMessaging>().Link, services.GetRequiredService<Fate>()));
        builder.Services
            .AddExecutorWorker(options =>
            {
                options.Name = name;
                options.Parallelism = 8;
                options.KillGrace = TimeSpan.FromSeconds(1);
            })
            .AddAction<StepAction>(StepAction.Name);
        await builder.Build().RunAsync();
        return 0;
    }
}
