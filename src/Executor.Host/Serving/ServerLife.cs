using Executor.Host.Output;

namespace Executor.Host.Serving;

/// <summary>A server from when it listens to its end.</summary>
internal static class ServerLife
{
    /// <param name="engine">Completes when the engine has stopped by itself, as that of a node which its cluster has removed.</param>
    /// <param name="asked">Cancelled when the server is told to stop.</param>
    /// <returns>Completed when it was told to stop; failed when the engine stopped by itself.</returns>
    public static async Task<int> UntilEndAsync(Task engine, WebApplication api, CancellationToken asked)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = asked.Register(() => told.TrySetResult());
        if (await Task.WhenAny(told.Task, engine) == told.Task)
        {
            await api.StopAsync(CancellationToken.None);
            return ExitCode.Completed;
        }

        Talk.Error("node.removed", "the cluster has removed this node", advice: "whoever supervises the process starts it again");
        // Calls that are still open ask an engine that answers nothing any more: they are cut off, and made again elsewhere.
        await api.StopAsync(new CancellationToken(canceled: true));
        return ExitCode.Failed;
    }
}
