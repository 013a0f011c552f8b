using Executor.Actors.Runs;
using Executor.Core.Runs;
using Executor.Host.Local;
using Executor.Host.Output;

namespace Executor.Host.Verbs;

/// <summary>Starts of runs, and what is said when somebody wants an end before a start is known to have come about.</summary>
internal static class Starting
{
    /// <summary>By this process.</summary>
    /// <returns>Null when it was interrupted.</returns>
    public static async Task<Accepted?> HereAsync(
        Composition node, RunId run, Interruption interruption, Func<CancellationToken, Task<Accepted>> start)
    {
        try
        {
            return await start(interruption.Forced);
        }
        catch (OperationCanceledException) when (interruption.Forced.IsCancellationRequested)
        {
            // The start is stored before it is confirmed, and what it asks for may be at work already.
            if (await new RunArchive(node.Stores).HasAsync(run, CancellationToken.None))
            {
                Leaving.Here(run, interruption);
            }
            else
            {
                Talk.Line($"interrupted before run {run} was known to have begun; to see: executor show {run}");
            }

            return null;
        }
    }

    /// <summary>By a server.</summary>
    /// <inheritdoc cref="HereAsync" path="/returns"/>
    public static async Task<RunId?> AtServerAsync(Interruption interruption, Func<CancellationToken, Task<RunId>> start)
    {
        try
        {
            return await start(interruption.Asked);
        }
        catch (OperationCanceledException) when (interruption.Asked.IsCancellationRequested)
        {
            Talk.Line("interrupted before the server had answered; whether the run has begun is told by: executor runs");
            return null;
        }
    }
}
