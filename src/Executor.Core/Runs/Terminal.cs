namespace Executor.Core.Runs;

/// <summary>The statuses after which nothing happens any more.</summary>
public static class Terminal
{
    public static bool Is(SlotStatus status) => status is SlotStatus.Completed or SlotStatus.Failed
        or SlotStatus.Cancelled or SlotStatus.Timeout or SlotStatus.Abandoned or SlotStatus.Skipped;

    public static bool Is(RunStatus status) => status is RunStatus.Completed or RunStatus.Failed
        or RunStatus.Cancelled or RunStatus.Timeout;
}
