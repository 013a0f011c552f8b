namespace Executor.Core.Runs;

/// <summary>Who has called a run: a slot of another run, which waits for its end.</summary>
/// <remarks>
/// A task whose action is a workflow calls a run. Both runs are runs like any other, each with its own journal, and
/// nothing but four messages goes between them, of which each may be lost, repeated and late:
/// <list type="bullet">
/// <item>The caller's <see cref="RunEvent.Dispatched"/> says that the call was decided. The called run has the id of
/// that dispatch, so whoever repeats the call after whatever crash calls the same run: the id is the second layer, in
/// place of a row of the guard.</item>
/// <item><see cref="RunEffect.Call"/> is repeated until the called run has stored its start: until then the caller has
/// something open that only it knows of, and keeps its row of due times near; see <see cref="DueHold"/>. From then on
/// the called run looks after itself: before it is told to start, a <see cref="DueStep.Remind"/> has made its own row, as
/// for every start.</item>
/// <item>A caller that stops repeats the call with a <see cref="RunStop"/>. The called run's journal is the referee: the
/// first entry decides whether it ever ran, so a stop that overtakes its start leaves a run that began cancelled.</item>
/// <item><see cref="RunEffect.TellParent"/> is repeated until the caller has stored the end, or knows it already; then
/// the called run stores <see cref="RunEvent.ParentTold"/>. Until then its row of due times stays, although it has
/// ended: that row finds it when its node dies between its end and the caller's entry.</item>
/// </list>
/// Only the called run ends the slot, so the outcome of the slot is the run's status, and no called run is open below
/// one that has ended. Therefore the caller sets no deadline of its own for the slot: it hands down the time, and the
/// called run itself times out. When it is called too late for that, it times out as soon as it has started.
/// <para>
/// A pause goes down as the stop does, as one more thing that a repeated call says; see <see cref="RunState.Turn"/>.
/// Nothing of this is specific to a kind of command: what a run is allowed to do would be handed down beside its limits.
/// </para>
/// <para>
/// In a simulation the called run is another run of the same world: a call is a message to the part that holds runs,
/// under the id of the dispatch; its acceptance, and the caller's acceptance of the end, are messages back; each of the
/// four can be lost, doubled and delayed, and a crash may fall between any two of them.
/// </para>
/// </remarks>
/// <param name="Run">The caller.</param>
/// <param name="Slot">What the caller awaits.</param>
/// <param name="Depth">Callers above: 1 below a run that nobody has called.</param>
/// <param name="CalledAt">When the caller decided it, by the clock that it was told.</param>
/// <param name="Timeout">Counted from <paramref name="CalledAt"/>; null: as long as it likes.</param>
/// <param name="Root">The run that nobody has called and with which everything began; names of files count from its own.</param>
public sealed record RunParent(
    RunId Run, Slot Slot, int Depth, DateTimeOffset CalledAt, TimeSpan? Timeout, RunId Root);
