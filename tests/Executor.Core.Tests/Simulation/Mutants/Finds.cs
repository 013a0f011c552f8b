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
        ["NothingRepeated"] = 27,
        ["RowMovedByAnybody"] = 107,
        ["ReplyBeforePersist"] = 1,
        ["FailedPersistTakenAsStored"] = 1,
        ["GuardBeforeJournal"] = 2,
        ["VisitNotInSlot"] = 38,
        ["TimerFiresOnRecovery"] = 18,
        ["UnclaimedForgotten"] = 4,
        ["WakeForgotten"] = 18,
        ["ResultNotRepeated"] = 7,
        ["UnclosedEndsForgotten"] = 15,
        ["StoredUnnoticed"] = 4,
        ["PlaceFreedTwice"] = 4,
        ["PlaceFreedOnRetry"] = 50,
        ["VisitEndedPerItem"] = 4,
        ["ItemsReversed"] = 4,
        ["RetriesForgotten"] = 15,
        ["OverdueForgotten"] = 11,
        ["LateAnswersAccepted"] = 2,
        ["QuestionsShownOnce"] = 89,
        ["TimeIgnored"] = 2,
        ["TimersEarly"] = 41,
        ["SnapshotWithoutDueTimes"] = 4,
        ["SnapshotWithoutSuspendedTimes"] = 180,
        ["SnapshotWithoutUnfollowedEnds"] = 59,
        ["SnapshotWithoutRounds"] = 15,
        ["JoinsEarly"] = 15,
    };

    public static long Definition(string mutant) => Definitions.GetValueOrDefault(mutant);
}
