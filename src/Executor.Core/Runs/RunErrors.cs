namespace Executor.Core.Runs;

/// <summary>The one sentence that says why a run did not complete; the same for every order of arrival.</summary>
internal static class RunErrors
{
    public static string? Of(RunState run, RunStatus status) => status switch
    {
        RunStatus.Completed => null,
        RunStatus.Cancelled => run.CancelReason is null ? "Workflow cancelled" : $"Workflow cancelled: {run.CancelReason}",
        RunStatus.Timeout => $"Workflow timed out after {run.Workflow!.Timeout!.Value.TotalSeconds:0.###} seconds",
        _ => Failed(run),
    };

    private static string Failed(RunState run) => "Workflow failed";
}
