using Akka.Actor;
using Executor.Core.Runs;

namespace Executor.Actors.Runs;

/// <summary>A message to a run, and its answer.</summary>
internal static class RunQuestion
{
    /// <param name="trace">The traceparent of what has caused it.</param>
    /// <returns>Null when the run has not answered in time, or has stopped meanwhile: to be asked again, after a pause.</returns>
    public static Task<T?> AskAsync<T>(
        IActorRef region, RunId run, object message, TimeSpan patience, CancellationToken stop, string? trace = null)
        where T : class => AskAsync<T>(region, new ForRun(run, message, trace), patience, stop);

    /// <returns>Null when there is no answer in time, or nobody any more who could give one.</returns>
    public static async Task<T?> AskAsync<T>(IActorRef whom, object message, TimeSpan patience, CancellationToken stop)
        where T : class
    {
        try
        {
            return await whom.Ask<object>(message, patience, stop) switch
            {
                T answer => answer,
                Postponed => null,
                var other => throw new InvalidOperationException($"{message} was answered with {other}."),
            };
        }
        catch (AskTimeoutException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }
}
