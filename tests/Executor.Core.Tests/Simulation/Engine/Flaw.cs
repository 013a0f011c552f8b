namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>A fault built into a shell or a table on purpose, to see that the checks find it.</summary>
internal enum Flaw
{
    None,
    SendBeforePersist,
    ReplyBeforePersist,
    NoRepeatOnRecovery,
    FailedPersistTakenAsStored,
    GuardBeforeJournal,
    ClaimWithoutStatusCheck,
    StartWithoutClaim,
    StartThoughRefused,
    ResultWithoutToken,
    CloseWithoutAccepted,
    ClosedAsTold,
    LeaseNeverExpires,
    WithdrawIgnoresClaim,
    VisitNotInSlot,
    AttemptNotInSlot,
    TimerFiresOnRecovery,
    UnclaimedForgotten,
    WakeForgotten,
    ResultNotRepeated,
    UnclosedEndsForgotten,
    AbandonedRunsOn,
    UnknownSlotAccepted,
    ReserveIgnoresEntry,
    SentBeforePublished,
}
