using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>A fact about one run, kept in its journal for ever.</summary>
/// <remarks>
/// Only ever add members, each with a default; the golden files in the tests pin every shape.
/// A visit is named by its task and its number from 1.
/// </remarks>
public abstract record RunEvent
{
    private RunEvent()
    {
    }

    /// <param name="Inputs">Checked, with defaults filled in.</param>
    /// <param name="Variables">The rendered <c>vars</c>.</param>
    /// <param name="Due">When the whole run times out; null when it never does.</param>
    /// <param name="Parent">Null when no run has called it.</param>
    /// <param name="CallerTurn">How often the caller was paused and resumed before.</param>
    /// <param name="Origin">The run that this one repeats; null when it is no rerun.</param>
    public sealed record RunStarted(
        WorkflowSpec Workflow, Value.Map Inputs, Value.Map Variables, RunLimits Limits, string? RequestKey,
        DateTimeOffset? Due, DateTimeOffset At, RunParent? Parent = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int CallerTurn = 0,
        RunId? Origin = null) : RunEvent;

    /// <summary>From now on this run means this text by this name, whatever is stored under it later.</summary>
    /// <param name="Action">As tasks write it: the workflow's name, or that of a file.</param>
    public sealed record WorkflowFrozen(string Action, WorkflowSpec Workflow) : RunEvent;

    /// <summary>
    /// A transition of one visit has reached another, which may have opened before or still waits for more.
    /// </summary>
    public sealed record Arrived(string Task, int Visit, string FromTask, int FromVisit) : RunEvent;

    /// <param name="OpenedBy">Task of the visit whose outcome the new one sees; null for an entry task.</param>
    /// <param name="Plan">Null when it fails or is skipped at once.</param>
    /// <param name="Due">End of the delay before the first dispatch; null when there is none.</param>
    public sealed record VisitOpened(
        string Task, int Visit, string? OpenedBy, int OpenedByVisit, VisitPlan? Plan, DateTimeOffset? Due,
        DateTimeOffset At) : RunEvent;

    /// <summary>Of a rerun: what its origin did of a visit stands, and none of it is done again.</summary>
    /// <param name="Items">In index order; empty for a parallel task, and for a visit that ended without a plan.</param>
    /// <param name="Rest">
    /// Places of the items, of tasks inside a parallel one too, that are still to come; null when none is.
    /// </param>
    public sealed record VisitKept(string Task, int Visit, ImmutableArray<KeptItem> Items, ImmutableArray<int>? Rest)
        : RunEvent;

    /// <summary>The delay before the first dispatch is over.</summary>
    public sealed record DelayEnded(string Task, int Visit) : RunEvent;

    /// <summary>Decided, but held back because the run has as many slots out as it may.</summary>
    public sealed record Held(Slot Slot) : RunEvent;

    /// <summary>Work that must go out; sending it may still lie ahead.</summary>
    /// <param name="Timeout">
    /// Counted by the worker from the start of the action; of a call from <paramref name="At"/>, by the called run.
    /// </param>
    /// <param name="Due">When the run itself ends it; a call ends only when the called run has.</param>
    /// <param name="IsCall">Another run does it, whose id is <paramref name="Id"/>, and no worker.</param>
    /// <param name="IsQuestion">A person is asked, and no worker; without a timeout it is never due.</param>
    public sealed record Dispatched(
        Slot Slot, DispatchId Id, string Action, Value.Map Input, string Pool, TimeSpan Timeout, DateTimeOffset Due,
        bool Idempotent, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsCall = false,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsQuestion = false) : RunEvent
    {
        /// <summary>The run itself ends it at <see cref="Due"/>.</summary>
        public bool IsBound => !IsCall && !(IsQuestion && Timeout == Durations.Longest);
    }

    /// <summary>An attempt has ended.</summary>
    /// <param name="Last">False when another attempt follows.</param>
    /// <param name="ByRun">The run ended it, because its time was up: a worker may still be at it, and is not heard any more.</param>
    /// <param name="At">From the message that told it; a worker's clock where a worker told it.</param>
    public sealed record ItemFinished(Slot Slot, ItemOutcome Outcome, bool Last, bool ByRun, DateTimeOffset At)
        : RunEvent;

    /// <summary>
    /// An attempt that the run had ended itself is over everywhere: its worker has told an end, too, or none has it and
    /// none will get it.
    /// </summary>
    public sealed record OverdueEnded(Slot Slot) : RunEvent;

    /// <param name="Slot">The attempt to come.</param>
    /// <param name="WorkerLost">Repeated because a worker was lost; does not count against <c>retry.count</c>.</param>
    public sealed record RetryScheduled(Slot Slot, DateTimeOffset Due, bool WorkerLost) : RunEvent;

    /// <summary>An attempt that was held back or waited for its retry will never start.</summary>
    /// <param name="Status">How its item ends: skipped, cancelled, or as its former attempt did.</param>
    public sealed record ItemDropped(Slot Slot, SlotStatus Status, DateTimeOffset At) : RunEvent;

    /// <summary>No item of the visit that has not started yet ever will.</summary>
    /// <param name="Status">
    /// Skipped or Cancelled. Skipped items that were to be repeated keep the end that they had.
    /// </param>
    public sealed record ItemsDropped(string Task, int Visit, SlotStatus Status) : RunEvent;

    /// <summary>A visit inside a visit of a parallel task is over, with its transitions.</summary>
    /// <param name="Task">The parallel task.</param>
    /// <param name="Status">How it counts there: completed when it failed and that was handled.</param>
    public sealed record InnerEnded(string Task, int Visit, string Inner, int InnerVisit, SlotStatus Status) : RunEvent;

    /// <param name="Error">One sentence; null when nothing went wrong.</param>
    /// <param name="Code">Why it did not complete; null when the action itself decided.</param>
    public sealed record VisitEnded(
        string Task, int Visit, SlotStatus Status, string? Error, string? Code, DateTimeOffset At) : RunEvent;

    /// <summary>The engine command <c>retry</c>: an ended visit goes on with further attempts.</summary>
    /// <param name="Items">In index order; the single <see cref="Slot.NoItem"/> for a visit without items.</param>
    public sealed record VisitRetried(string Task, int Visit, ImmutableArray<int> Items, DateTimeOffset At) : RunEvent;

    /// <param name="Transition">Place in the task's <c>next</c>, from 0.</param>
    /// <param name="Published">In written order; empty when it publishes nothing.</param>
    public sealed record TransitionFired(string Task, int Visit, int Transition, Value.Map Published) : RunEvent;

    /// <param name="Transition">Place in the task's <c>next</c>, from 0; -1 for <c>retry.when</c>.</param>
    /// <param name="Line">Where the expression failed, from 1.</param>
    public sealed record ConditionFailed(
        string Task, int Visit, int Transition, string Expression, string Code, string Message, int Line, int Column)
        : RunEvent;

    /// <param name="Visit">0 when it concerns no single visit.</param>
    public sealed record ProblemFound(RunProblem Problem, int Visit = 0) : RunEvent;

    /// <summary>
    /// No visit, item, retry or transition starts any more; the run ends failed when all that runs has ended.
    /// </summary>
    public sealed record RunFailing(DateTimeOffset At) : RunEvent;

    /// <param name="StopRunning">What runs is asked to stop, whatever the workflow's policy is.</param>
    public sealed record CancelRequested(
        string? Reason, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool StopRunning = false) : RunEvent;

    /// <summary>From now on what ends is recorded, and nothing starts. Of a run that is paused: it was said again.</summary>
    /// <param name="Reason">For people; null when none was given.</param>
    /// <param name="CallerTurn">How often the caller had been paused and resumed; 0 when it was not the caller.</param>
    public sealed record PauseRequested(
        string? Reason, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int CallerTurn = 0) : RunEvent;

    /// <summary>No worker has anything of the run any more; it rests until it is resumed.</summary>
    public sealed record RunPaused(DateTimeOffset At) : RunEvent;

    /// <summary>The pause is over. Of a run that is not paused: it was said again.</summary>
    /// <param name="CallerTurn">As in <see cref="PauseRequested"/>.</param>
    public sealed record RunResumed(
        DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int CallerTurn = 0) : RunEvent;

    public sealed record RunTimedOut(DateTimeOffset At) : RunEvent;

    /// <param name="Output">The entries of the output map that could be rendered.</param>
    /// <param name="Error">Null when completed.</param>
    public sealed record RunEnded(RunStatus Status, Value.Map Output, string? Error, DateTimeOffset At) : RunEvent;

    /// <summary>The run that has called this one has stored its end: nothing of this run is open any more.</summary>
    public sealed record ParentTold(DateTimeOffset At) : RunEvent;
}
