using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>An engine with one thing wrong in it.</summary>
internal sealed record Mutant(string Name, Build Build)
{
    /// <summary>Flaws that need three faults in one order: found, but not for certain within a minute on a busy machine.</summary>
    private static readonly Flaw[] TooRare =
        [Flaw.None, Flaw.CloseWithoutAccepted, Flaw.UnclaimedForgotten, Flaw.UnknownSlotAccepted];

    public static readonly IReadOnlyList<Mutant> All =
    [
        .. Enum.GetValues<Flaw>().Except(TooRare).Select(Of),
        Of("RepeatedResults", new RepeatedResults()),
        Of("PlaceFreedTwice", new EditedDecisions(Edits.FreePlaceTwice)),
        Of("PlaceFreedOnRetry", new EditedDecisions(Edits.FreePlaceOnRetry)),
        Of("VisitEndedPerItem", new EditedDecisions(Edits.EndVisitWithEachItem)),
        Of("ItemsReversed", new EditedDecisions(Edits.ReverseItems)),
        Of("RetriesForgotten", new EditedDecisions(Edits.ForgetRetries)),
        Of("CancelForgotten", new EditedEvents(Edits.ForgetCancel)),
        Of("EndForgotten", new EditedEvents(Edits.ForgetEnd)),
        Of("EvolveReadsClock", new EditedEvents(Edits.ReadClock)),
        Of("TimeIgnored", new EditedCommands(Edits.IgnoreTime)),
        Of("TimersEarly", new EditedCommands(Edits.HurryTime)),
        Of("SnapshotWithoutDueTimes", new LossySnapshots(run => run with { Dues = [] })),
        Of("SnapshotWithoutRounds", new LossySnapshots(run => run with { WaitingRounds = [] })),
        Of("JoinsEarly", new EditedCommands(Edits.HurryJoins)),
    ];

    public override string ToString() => Name;

    private static Mutant Of(Flaw flaw) => new(flaw.ToString(), Build.Full with { Flaw = flaw });

    private static Mutant Of(string name, RunRules rules) => new(name, Build.Full with { Rules = rules });
}
