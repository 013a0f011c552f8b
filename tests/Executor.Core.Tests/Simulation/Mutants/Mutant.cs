using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>An engine with one thing wrong in it.</summary>
/// <param name="Build">The engine with the fault in it.</param>
internal sealed record Mutant(string Name, Build Build)
{
    /// <summary>
    /// Redundancy, not blindness: what each of these breaks is guaranteed once more elsewhere, so nothing can be seen.
    /// </summary>
    /// <remarks>
    /// ReserveIgnoresEntry: the fence lets one incarnation write an entry, so two rows of the guard can differ in their
    /// entry only when the fence is off too; then the claim still keeps the second request from starting.
    /// SentBeforePublished: a request that is marked and never published is found unclaimed and sent again, as one that
    /// a purge has taken.
    /// </remarks>
    public static readonly IReadOnlyList<Mutant> Survivors = [Of(Flaw.ReserveIgnoresEntry), Of(Flaw.SentBeforePublished)];

    /// <remarks>
    /// WakeNotHeeded shows too seldom for a test: not once in 200,000 runs, and once in 50,000 of other worlds.
    /// </remarks>
    private static readonly Flaw[] Others =
        [Flaw.None, Flaw.ReserveIgnoresEntry, Flaw.SentBeforePublished, Flaw.WakeNotHeeded];

    public static readonly IReadOnlyList<Mutant> All =
    [
        .. Enum.GetValues<Flaw>().Except(Others).Select(Of),
        Of("RepeatedResults", new RepeatedResults()),
        Of("PlaceFreedTwice", new EditedDecisions(Edits.FreePlaceTwice)),
        Of("PlaceFreedOnRetry", new EditedDecisions(Edits.FreePlaceOnRetry)),
        Of("VisitEndedPerItem", new EditedDecisions(Edits.EndVisitWithEachItem)),
        Of("ItemsReversed", new EditedDecisions(Edits.ReverseItems)),
        Of("RetriesForgotten", new EditedDecisions(Edits.ForgetRetries)),
        Of("OverdueEndForgotten", new EditedDecisions(Edits.ForgetOverdueEnd)),
        Of("OverdueForgotten", new EditedDecisions(Edits.ForgetOverdue)),
        Of("LateAnswersAccepted", new EditedDecisions(Edits.AcceptLateAnswers)),
        Of("QuestionsShownOnce", new ShownOnce()),
        Of("CancelForgotten", new EditedEvents(Edits.ForgetCancel)),
        Of("PauseForgotten", new EditedEvents(Edits.ForgetPause)),
        Of("EndForgotten", new EditedEvents(Edits.ForgetEnd)),
        Of("EvolveReadsClock", new EditedEvents(Edits.ReadClock)),
        Of("TimeIgnored", new EditedCommands(Edits.IgnoreTime)),
        Of("TimersEarly", new EditedCommands(Edits.HurryTime)),
        Of("SnapshotWithoutDueTimes", new LossySnapshots(run => run with { Dues = [] })),
        Of("SnapshotWithoutSuspendedTimes", new LossySnapshots(run => run with { Suspended = [] })),
        Of("SnapshotWithoutUnfollowedEnds", new LossySnapshots(run => run with { Unfollowed = SlotLine.Empty })),
        Of("SnapshotWithoutRounds", new LossySnapshots(run => run with { WaitingRounds = [] })),
        Of("LostWorkersIgnored", new EditedCommands(Edits.IgnoreLostWorkers)),
        Of("KeptResultForgotten", new EditedEvents(Edits.ForgetKeptResults)),
        Of("KeptItemsForgotten", new EditedCommands(Edits.ForgetKeptItems)),
        Of("PlanIgnored", new EditedCommands(Edits.IgnorePlan)),
        Of("JoinsEarly", new EditedCommands(Edits.HurryJoins)),
    ];

    public override string ToString() => Name;

    private static Mutant Of(Flaw flaw) => new(flaw.ToString(), Build.Full with { Flaw = flaw });

    private static Mutant Of(string name, RunRules rules) => new(name, Build.Full with { Rules = rules });
}
