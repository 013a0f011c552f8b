namespace Executor.Core.Runs;

/// <summary>How far a slot, or a visit, has come. Written in lower case, read in any case.</summary>
public enum SlotStatus
{
    Requested,
    Scheduling,
    Scheduled,
    Running,
    Canceling,
    Completed,
    Failed,
    Cancelled,
    Timeout,
    Abandoned,
    Skipped,
}
