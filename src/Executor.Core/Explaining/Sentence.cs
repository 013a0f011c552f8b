namespace Executor.Core.Explaining;

/// <summary>One thing that is said of a run.</summary>
/// <param name="Task">Null when it is said of the run as a whole.</param>
/// <param name="Visit">From 1; 0 when it is said of the task, or of the run, as a whole.</param>
/// <param name="Text">For people, in one language; programs look at <paramref name="Kind"/>.</param>
public sealed record Sentence(SentenceKind Kind, string? Task, int Visit, string Text);

/// <summary>What a sentence is about.</summary>
public enum SentenceKind
{
    /// <summary>How the run stands, or how it ended.</summary>
    Run,

    /// <summary>Something that makes, or will make, the run fail; or a warning.</summary>
    Problem,

    /// <summary>Nothing has led to the task, and why.</summary>
    NotReached,

    /// <summary>A join has arrivals, but too few.</summary>
    Waits,

    /// <summary>One task that a join, or a task that was not reached, waits for: why it has not come.</summary>
    Missing,

    /// <summary>Why the visit began.</summary>
    Opened,

    /// <summary>What the origin of a rerun did of it stands.</summary>
    Kept,

    /// <summary>Another arrival that the same visit took up.</summary>
    Merged,

    /// <summary>Its own condition was not true.</summary>
    Skipped,

    /// <summary>It waits for a time: its delay or a retry.</summary>
    Delayed,

    /// <summary>It waits for room, because of <c>max_parallel</c>.</summary>
    Held,

    /// <summary>It is out at workers.</summary>
    AtWork,

    /// <summary>An attempt did not succeed: how it ended, and whether another follows.</summary>
    Attempt,

    /// <summary>How much that is alike is not told, and where it is.</summary>
    LeftOut,

    /// <summary>How it ended.</summary>
    Ended,

    /// <summary>The engine command <c>retry</c> let it go on.</summary>
    Repeated,

    /// <summary>A transition fired, and where it led.</summary>
    Fired,

    /// <summary>A transition did not fire: its condition was not true.</summary>
    NotFired,

    /// <summary>A condition could not be evaluated.</summary>
    ConditionFailed,

    /// <summary>A transition matched, but a variable that it sets has no value.</summary>
    PublishFailed,

    /// <summary>A transition was not looked at any more.</summary>
    NotConsidered,

    /// <summary>It ended badly and no transition led on from it.</summary>
    Unhandled,
}
