using System.Reflection;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Worker.Actions;
using Microsoft.Extensions.Logging;

namespace Executor.Worker.Attempts;

/// <summary>Says again and again that the worker is there, and once that it leaves.</summary>
/// <param name="busy">How many places for actions are in use.</param>
internal sealed class Beating(
    IWorkerLink link, ActionCatalog actions, Func<int> busy, WorkerOptions options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private static readonly string Version =
        typeof(Beating).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            // One at a time: while the broker is away none piles up.
            await SayAsync(leaving: false, end);
            await Task.Delay(options.Heartbeat, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        using var late = new CancellationTokenSource(LongestFarewell, time);
        await SayAsync(leaving: true, late.Token);
    }

    private async Task SayAsync(bool leaving, CancellationToken stop)
    {
        try
        {
            await link.BeatAsync(
                new WorkerBeat(
                    options.Name, options.Pools, [.. actions.Names], options.Parallelism, busy(), Version,
                    Environment.MachineName, _startedAt, options.Heartbeat, leaving),
                stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.LogDebug("A sign of life did not get out in time");
        }
        catch (Exception failure)
        {
            log.LogDebug(failure, "A sign of life is lost");
        }
    }
}
