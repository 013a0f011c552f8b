namespace Executor.Core.Runs;

public enum RunStatus
{
    Requested,
    Scheduled,
    Running,
    Pausing,
    Paused,
    Canceling,
    Cancelled,
    Completed,
    Failed,
    Timeout,
}
