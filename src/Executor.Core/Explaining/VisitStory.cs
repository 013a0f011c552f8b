using Executor.Core.Runs;

namespace Executor.Core.Explaining;

/// <summary>What the journal tells of one visit, or of a round of a join from which one may come.</summary>
internal sealed class VisitStory(string task, int number)
{
    public string Task { get; } = task;

    public int Number { get; } = number;

    public List<Arrival> Arrivals { get; } = [];

    /// <summary>Null while a join waits.</summary>
    public RunEvent.VisitOpened? Opened { get; set; }

    /// <summary>How many had arrived when it opened.</summary>
    public int ArrivedBefore { get; set; }

    /// <summary>Of a rerun: what its origin did of it; null when it did nothing that stands.</summary>
    public RunEvent.VisitKept? Kept { get; set; }

    /// <summary>What the task's own condition saw, when it was not true; else null.</summary>
    public string? Refusal { get; set; }

    /// <summary>Null while it is open.</summary>
    public RunEvent.VisitEnded? Ended { get; set; }

    /// <summary>Of its last end, in written order.</summary>
    public List<FollowedTransition> Transitions { get; } = [];

    public bool IsUnhandled { get; set; }

    /// <summary>The run was stopping when it ended, so that no transition was looked at.</summary>
    public bool IsLeft { get; set; }

    public AttemptStories Attempts { get; } = new();

    /// <summary>Times of the engine command <c>retry</c>.</summary>
    public List<RunEvent.VisitRetried> Repeats { get; } = [];

    public string Name => $"{Task}/{Number}";

    /// <param name="Transition">Place in the <c>next</c> of the task that it comes from, from 0.</param>
    public sealed record Arrival(string FromTask, int FromVisit, int Transition);
}

/// <summary>What became of one entry of <c>next</c> after the end of a visit.</summary>
/// <param name="Place">From 0.</param>
/// <param name="Saw">What its condition saw, as text; empty when it has none, or looks at nothing.</param>
/// <param name="Published">Null when nothing was.</param>
/// <param name="Error">Why it has no value; null when it has.</param>
internal sealed record FollowedTransition(
    int Place, TransitionFate Fate, string Saw, string? Published = null, string? Error = null);

internal enum TransitionFate
{
    Fired,
    NotFired,
    ConditionFailed,
    PublishFailed,

    /// <summary>Another entry of the same decision had fired.</summary>
    Decided,

    /// <summary>The run was failing.</summary>
    NotConsidered,
}
