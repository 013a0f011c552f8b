namespace Executor.Core.Runs;

/// <summary>Bounds of one run, fixed when it starts.</summary>
public sealed record RunLimits
{
    public static readonly RunLimits Default = new();

    /// <summary>Visits of all tasks together; the next one fails the run.</summary>
    public int MaxVisits { get; init; } = 10_000;

    /// <summary>How often one item is repeated because its worker was lost, where the task is idempotent.</summary>
    public int WorkerLosses { get; init; } = 5;

    /// <summary>Elements of one <c>with_items</c> list.</summary>
    public int MaxItems { get; init; } = 1_000_000;

    /// <summary>Calls of workflows below one that nobody has called; the next one fails the visit that makes it.</summary>
    public int MaxDepth { get; init; } = 20;

    /// <summary>
    /// Added to an attempt's timeout before the run itself ends it. Workers enforce the timeout from the moment
    /// they start; the run cannot know that moment, so its own deadline must leave time for waiting in the queue.
    /// </summary>
    public TimeSpan StartAllowance { get; init; } = TimeSpan.FromHours(1);
}
