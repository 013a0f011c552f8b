using Executor.Core.Runs;
using Executor.Host.Output;

namespace Executor.Host.Local;

/// <summary>What is said of a run that this process leaves before its end.</summary>
internal static class Leaving
{
    /// <summary>It stands still until somebody takes it up again.</summary>
    public static void Here(RunId run, Interruption interruption) => Talk.Line(
        IsCancelled(interruption)
            ? $"run {run} was asked to cancel and has not ended; to bring it to its end: executor resume {run}"
            : $"run {run} is left as it is; to go on: executor resume {run}");

    /// <summary>It goes on without this process.</summary>
    public static void AtServer(RunId run, Interruption interruption) => Talk.Line(
        IsCancelled(interruption)
            ? $"run {run} was asked to cancel and has not ended; to see its end: executor watch {run}"
            : $"run {run} goes on; to see it: executor watch {run}");

    private static bool IsCancelled(Interruption interruption) => interruption.ByPerson.IsCancellationRequested;
}
