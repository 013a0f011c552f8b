namespace Executor.Core.Messages;

/// <summary>The names of the shapes between executor and workers. A name never gets another shape.</summary>
public static class WireTypes
{
    public const string TaskRequest = "task.request.v1";
    public const string TaskResult = "task.result.v1";
    public const string TaskCancel = "task.cancel.v1";
    public const string ClaimCalls = "claim.calls.v1";
    public const string ClaimAnswers = "claim.answers.v1";
    public const string WorkerBeat = "worker.beat.v1";
}
