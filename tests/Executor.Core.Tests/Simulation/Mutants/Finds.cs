namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>
/// Where a free search, <c>simulate --mutants</c>, has found each planted fault: numbers of definitions of one seed.
/// Those that any definition shows are left out.
/// </summary>
internal static class Finds
{
    public const ulong Seed = 7;

    private static readonly Dictionary<string, long> Definitions = new()
    {
        ["NothingRepeated"] = 23,
        ["RowMovedByAnybody"] = 107,
        ["WakeNotHeeded"] = 1_349,
        ["ReplyBeforePersist"] = 1,
        ["FailedPersistTakenAsStored"] = 1,
        ["GuardBeforeJournal"] = 2,
        ["VisitNotInSlot"] = 38,
        ["TimerFiresOnRecovery"] = 15,
        ["UnclaimedForgotten"] = 4,
        ["WakeForgotten"] = 5,
        ["ResultNotRepeated"] = 2,
        ["UnclosedEndsForgotten"] = 9,
        ["PlaceFreedTwice"] = 2,
        ["PlaceFreedOnRetry"] = 50,
        ["VisitEndedPerItem"] = 2,
        ["ItemsReversed"] = 2,
        ["RetriesForgotten"] = 15,
        ["OverdueForgotten"] = 6,
        ["TimeIgnored"] = 2,
        ["TimersEarly"] = 41,
        ["SnapshotWithoutDueTimes"] = 2,
        ["SnapshotWithoutRounds"] = 7,
        ["JoinsEarly"] = 5,
    };

    public static long Definition(string mutant) => Definitions.GetValueOrDefault(mutant);
}
