using System.Text.Json.Serialization;
using Executor.Core.Runs.Reruns;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>Something a run is asked to do or told about.</summary>
/// <param name="At">When, in UTC, from whoever sends it: Core knows no clock.</param>
public abstract record RunCommand(DateTimeOffset At)
{
    /// <summary>
    /// Repeating it is an empty decision, but that a caller which stops, pauses or goes on is obeyed. A run that was
    /// called is never refused: what would refuse it is its end, so that its caller hears of it as of any other.
    /// </summary>
    /// <param name="RequestKey">The caller's idempotency key; null when there is none.</param>
    /// <param name="Parent">Null when no run has called it.</param>
    /// <param name="Stop">The caller wants it to end. What has not started then begins cancelled.</param>
    /// <param name="Turn">
    /// How often the caller was paused and resumed: odd while it is paused. What has not started then begins paused.
    /// </param>
    /// <param name="Origin">The run that this one repeats; null when it is no rerun.</param>
    /// <param name="Called">What names of workflows that tasks call mean from the beginning; null: nothing is settled.</param>
    /// <param name="Plan">What is kept of the origin; null: nothing, and all of it runs from the start.</param>
    public sealed record Start(
        WorkflowSpec Workflow, Value.Map Inputs, RunLimits Limits, string? RequestKey, DateTimeOffset At,
        RunParent? Parent = null, RunStop? Stop = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Turn = 0,
        RunId? Origin = null, IReadOnlyList<CalledWorkflow>? Called = null, RerunPlan? Plan = null)
        : RunCommand(At);

    /// <summary>
    /// The end of an attempt, whatever its cause. For a slot that has ended: an empty decision, or, where the run ended
    /// it itself, the note that it is over everywhere. A slot that this state
    /// has never dispatched is refused as <c>slot.unknown</c>: another incarnation has dispatched it, so this state is
    /// stale, and accepting the message would lose it. The actor must stop without a reply and read the journal again.
    /// </summary>
    /// <param name="EndedAt">By the clock of whoever made the attempt, for people; null is <paramref name="At"/>.</param>
    public sealed record FinishItem(Slot Slot, ItemOutcome Outcome, DateTimeOffset At, DateTimeOffset? EndedAt = null)
        : RunCommand(At);

    /// <summary>Everything that was due at or before <see cref="RunCommand.At"/> happens.</summary>
    public sealed record TimeUp(DateTimeOffset At) : RunCommand(At);

    /// <param name="Reason">For people; null when none was given.</param>
    public sealed record Cancel(string? Reason, DateTimeOffset At) : RunCommand(At);

    /// <summary>What runs ends and is recorded, and nothing new starts. Repeating it is written down and changes nothing.</summary>
    /// <param name="Reason">For people; null when none was given.</param>
    public sealed record Pause(string? Reason, DateTimeOffset At) : RunCommand(At);

    /// <summary>A paused run goes on where it was. Of one that is not paused it is written down and changes nothing.</summary>
    public sealed record Resume(DateTimeOffset At) : RunCommand(At);

    /// <summary>
    /// The caller of this run has stored its end, or has known it before. Repeating it is an empty decision. A state that
    /// knows no end is stale and refuses it as <c>slot.unknown</c>, as for <see cref="FinishItem"/>.
    /// </summary>
    public sealed record HearParent(DateTimeOffset At) : RunCommand(At);

    /// <summary>
    /// A person answers a question. The first valid answer ends its slot; one that comes when it has ended, whatever its
    /// end was, is refused as <c>inquiry.closed</c>, and so is one that was given after the question's time was up, though
    /// that end is still to come, unless a pause holds it back. One that does not fit the question is refused as <c>inquiry.invalid</c>, with all that is
    /// wrong. A slot that this state has never dispatched is refused as for <see cref="FinishItem"/>.
    /// </summary>
    /// <param name="By">Who answers; null where nobody is known by name.</param>
    /// <param name="GivenAt">When, where the answer had to wait for somebody to bring it; null is <see cref="RunCommand.At"/>.</param>
    public sealed record Answer(Slot Slot, Value Response, string? By, DateTimeOffset At, DateTimeOffset? GivenAt = null)
        : RunCommand(At);

    /// <summary>
    /// What the run decided about another command cannot be written, and never could: the run fails by name, with
    /// nothing in its entry that a workflow or a worker has made. Repeating it is an empty decision; a slot that has
    /// ended another way, or was never dispatched, is answered as for <see cref="FinishItem"/>.
    /// </summary>
    /// <param name="Slot">The attempt that the other command ended; it ends as failed. Null when it was none.</param>
    /// <param name="Reason">One sentence.</param>
    public sealed record GiveUp(Slot? Slot, string Reason, DateTimeOffset At) : RunCommand(At);
}
