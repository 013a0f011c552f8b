using Executor.Core.Runs;
using Executor.Host.Local;

namespace Executor.Host.Verbs;

/// <summary>How a run that has ended becomes an exit code.</summary>
internal static class Verdict
{
    public static int Of(RunState run, Interruption interruption) => run.Status switch
    {
        RunStatus.Completed => ExitCode.Completed,
        RunStatus.Cancelled when interruption.Asked.IsCancellationRequested => ExitCode.Interrupted,
        _ => ExitCode.Failed,
    };
}
