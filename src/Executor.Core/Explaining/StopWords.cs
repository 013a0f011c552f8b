using Executor.Core.Runs;

namespace Executor.Core.Explaining;

/// <summary>Words for a run that was stopped, by a command or because its time was up: it has not failed.</summary>
internal static class StopWords
{
    public static bool IsStopped(RunState run) =>
        run.IsStopping || run.Status is RunStatus.Cancelled or RunStatus.Timeout;

    /// <summary>Goes on: the run …</summary>
    public static string Was(RunState run) => run.HasTimedOut ? "had timed out" : "was being cancelled";

    /// <summary>Goes on: had the run not …</summary>
    public static string Been(RunState run) => run.HasTimedOut ? "timed out" : "been cancelled";

    /// <summary>What is said instead of all transitions of a visit.</summary>
    public static string NothingLookedAt(RunState run) => $"The run {Was(run)} by then, so no transition was looked at.";
}
