using System.ComponentModel.DataAnnotations;
using Executor.Messaging.Amqp;
using Executor.Messaging.Rabbit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Executor.Messaging;

/// <summary>The ports over RabbitMQ, 3.10 and later.</summary>
public static class RabbitMessaging
{
    /// <summary>For a node of the executor. The broker must answer once; later it may come and go.</summary>
    /// <param name="time">Null is the system's.</param>
    /// <param name="log">Null says nothing.</param>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    /// <exception cref="AmqpUnavailableException">The broker does not answer within the start patience, or refuses us.</exception>
    /// <exception cref="AmqpTopologyException">A queue exists with other arguments; says what to do.</exception>
    public static async Task<ExecutorMessaging> ForExecutorAsync(
        AmqpOptions options, CancellationToken stop, TimeProvider? time = null, ILogger? log = null)
    {
        var messaging = new ExecutorMessaging(Rooms(options, time, log));
        try
        {
            await messaging.StartAsync(stop);
            return messaging;
        }
        catch
        {
            await messaging.DisposeAsync();
            throw;
        }
    }

    /// <summary>For a worker.</summary>
    /// <param name="pools">Whose queues are declared before this returns.</param>
    /// <inheritdoc cref="ForExecutorAsync"/>
    public static async Task<WorkerMessaging> ForWorkerAsync(
        AmqpOptions options, IReadOnlyList<string> pools, CancellationToken stop, TimeProvider? time = null,
        ILogger? log = null)
    {
        var messaging = ForWorker(options, time, log);
        try
        {
            await messaging.StartAsync(pools, stop);
            return messaging;
        }
        catch
        {
            await messaging.DisposeAsync();
            throw;
        }
    }

    /// <summary>For a worker that waits for its broker as long as it takes, also at its start.</summary>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    internal static WorkerMessaging ForWorker(AmqpOptions options, TimeProvider? time, ILogger? log) =>
        new(Rooms(options, time, log));

    private static RabbitRooms Rooms(AmqpOptions options, TimeProvider? time, ILogger? log) =>
        new(options, time ?? TimeProvider.System, log ?? NullLogger.Instance);
}
