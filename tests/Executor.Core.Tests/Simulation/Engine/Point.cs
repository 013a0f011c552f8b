namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>Between which two effects a process can die; the names tell what would have been next.</summary>
internal enum Point
{
    Recover,
    Decide,
    Persist,
    Act,
    Reserve,
    Publish,
    MarkSent,
    Withdraw,
    AnswerClaim,
    AskRun,
    HearRun,
    Close,
    AckResult,
    WorkerClaim,
    WorkerHearClaim,
    WorkerAckRequest,
    WorkerDrop,
    WorkerStart,
    WorkerFinish,
    WorkerReport,
    WorkerHearEnded,
    KeepDue,
    Show,
    KeepResult,
    FetchResult,
}
