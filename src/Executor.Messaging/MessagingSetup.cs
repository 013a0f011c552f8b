using Executor.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Executor.Messaging;

public static class MessagingSetup
{
    /// <summary>
    /// Adds the <see cref="IWorkerLink"/> of a worker over RabbitMQ. It waits for the broker as long as it takes. A node
    /// uses <see cref="RabbitMessaging.ForExecutorAsync"/> instead.
    /// </summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is out of range.</exception>
    public static IServiceCollection AddExecutorMessaging(this IServiceCollection services, Action<AmqpOptions> configure)
    {
        var options = new AmqpOptions();
        configure(options);
        options.Check();
        services.AddSingleton(provider => RabbitMessaging.ForWorker(
            options, provider.GetService<TimeProvider>(), provider.GetService<ILogger<WorkerMessaging>>()));
        services.AddSingleton(provider => provider.GetRequiredService<WorkerMessaging>().Link);
        return services;
    }
}
