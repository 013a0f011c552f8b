using Akka.Actor;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>A message to a run, and its answer.</summary>
internal static class RunQuestion
{
    /// <returns>Null when the run has not answered in time, or has stopped meanwhile: to be asked again, after a pause.</returns>
    public static async Task<T?> AskAsync<T>(
        IActorRef region, RunId run, object message, TimeSpan patience, CancellationToken stop)
        where T : class
    {
        try
        {
            return await region.Ask<object>(new ForRun(run, message), patience, stop) switch
            {
                T answer => answer,
                Postponed => null,
                var other => throw new InvalidOperationException($"Run {run} has answered {message} with {other}."),
            };
        }
        catch (AskTimeoutException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }
}
