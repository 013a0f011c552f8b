namespace Executor.Core.Runs;

/// <summary>How many items of a visit have ended in which way.</summary>
/// <param name="Total">All items, ended or not.</param>
public readonly record struct ItemCounts(
    int Total, int Succeeded = 0, int Failed = 0, int TimedOut = 0, int Cancelled = 0, int Abandoned = 0,
    int Skipped = 0)
{
    /// <param name="status">An end.</param>
    /// <param name="change">Negative when items that had ended go on.</param>
    public ItemCounts Plus(SlotStatus status, int change) => status switch
    {
        SlotStatus.Completed => this with { Succeeded = Succeeded + change },
        SlotStatus.Failed => this with { Failed = Failed + change },
        SlotStatus.Timeout => this with { TimedOut = TimedOut + change },
        SlotStatus.Cancelled => this with { Cancelled = Cancelled + change },
        SlotStatus.Abandoned => this with { Abandoned = Abandoned + change },
        SlotStatus.Skipped => this with { Skipped = Skipped + change },
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not an end."),
    };
}
