namespace Executor.Core.Runs;

/// <summary>Codes of refusals and problems that come up in runs; stable, so that programs may compare them.</summary>
/// <remarks>What to do about each is in <see cref="Workflows.ProblemAdvice"/>, beside those of files.</remarks>
public static class RunCodes
{
    public const string RunUnknown = "run.unknown";
    public const string RunEnded = "run.ended";
    public const string RunStopping = "run.stopping";
    public const string SlotUnknown = "slot.unknown";
    public const string NoEntry = "workflow.no-entry";
    public const string VarsError = "vars.error";

    public const string TaskFailed = "task.failed";
    public const string TaskTimeout = "task.timeout";
    public const string TaskAbandoned = "task.abandoned";
    public const string TaskCancelled = "task.cancelled";
    public const string TaskUndeliverable = "task.undeliverable";
    public const string TaskUnschedulable = "task.unschedulable";
    public const string ActionUnknown = "action.unknown";
    public const string PoolEmpty = "pool.empty";
    public const string WrongType = "expr.type";
    public const string TooLarge = "expr.too-large";

    public const string NotAList = "items.not-a-list";
    public const string TooManyItems = "items.too-many";
    public const string Concurrency = "items.concurrency";
    public const string ItemsRender = "items.render";

    public const string ConditionError = "condition.error";
    public const string RetryError = "retry.error";
    public const string PublishError = "publish.error";
    public const string OutputError = "output.error";
    public const string JoinUnreachable = "join.unreachable";

    public const string RunTimeout = "run.timeout";
    public const string TooDeep = "run.too-deep";
    public const string TooManyVisits = "run.too-many-visits";
    public const string FailedByCommand = "run.failed-by-command";
    public const string InquiryUnknown = "inquiry.unknown";
    public const string InquiryClosed = "inquiry.closed";
    public const string InquiryInvalid = "inquiry.invalid";
    public const string Unwritable = "run.unwritable";
    public const string RerunUnknownTask = "rerun.unknown-task";
    public const string RerunNotReached = "rerun.not-reached";
    public const string RerunNoItems = "rerun.no-items";
    public const string RunUnfinished = "run.unfinished";
    public const string RerunTooLarge = "rerun.too-large";
    public const string RerunFailing = "rerun.would-fail";
}
