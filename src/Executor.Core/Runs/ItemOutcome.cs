using System.Globalization;
using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>How one attempt ended.</summary>
/// <param name="Status">Completed, Failed, Timeout, Cancelled or Abandoned.</param>
/// <param name="Result">The raw result; <see cref="Value.Null"/> when there is none.</param>
/// <param name="Error">One sentence; null when completed.</param>
/// <param name="Code">
/// Why it did not complete, for example <c>task.abandoned</c>; null when the action itself decided.
/// </param>
public sealed record ItemOutcome(SlotStatus Status, Value Result, string? Error = null, string? Code = null)
{
    /// <summary>A worker has stopped it because the run was cancelled.</summary>
    public const string StoppedByUser = "Execution cancelled by user";

    /// <summary>The run was cancelled before a worker began it.</summary>
    public const string TakenBackByUser = "Cancelled by user before execution started";

    /// <summary>
    /// No worker has taken it, and none will. The run itself adds what it had asked for.
    /// </summary>
    public static readonly ItemOutcome NeverTaken =
        Untold(SlotStatus.Timeout, "Execution is unschedulable", RunCodes.TaskUnschedulable);

    /// <summary>
    /// A bad end of which no action told. Its result has <c>succeeded</c> and <c>error</c> like that of an action that
    /// failed, so that conditions can ask for them however an attempt ended.
    /// </summary>
    public static ItemOutcome Untold(SlotStatus status, string error, string code) =>
        new(status, ResultOf(status, error), error, code);

    /// <summary>The result of a bad end of which no action told.</summary>
    internal static Value.Map ResultOf(SlotStatus status, string? error)
    {
        var result = new Value.Map([KeyValuePair.Create("succeeded", Value.False)]);
        result = status switch
        {
            SlotStatus.Timeout => result.With("timed_out", Value.True),
            SlotStatus.Cancelled => result.With("cancelled", Value.True),
            _ => result,
        };
        return result.With("error", Value.Of(error));
    }

    /// <summary>No worker took it before its time was up: it never began.</summary>
    internal static ItemOutcome Unschedulable(RunEvent.Dispatched dispatched, DateTimeOffset at)
    {
        var outcome = NeverTaken;
        var waited = (dispatched.Due - dispatched.At).TotalSeconds;
        var message = string.Create(
            CultureInfo.InvariantCulture, $"No worker of pool '{dispatched.Pool}' took it within {waited:0.###} seconds.");
        return outcome with
        {
            Result = ((Value.Map)outcome.Result)
                .With("message", Value.Of(message))
                .With("action_ref", Value.Of(dispatched.Action))
                .With("failed_by", Value.Of("executor"))
                .With("failed_at", Value.Of(IsoTime.Write(at))),
        };
    }

    /// <summary>
    /// Whoever stops an attempt, or takes it back, knows that this was asked for, and not why. Of a run whose time is up
    /// nobody has cancelled anything.
    /// </summary>
    internal ItemOutcome OfTimedOutRun()
    {
        var error = (Status, Error) switch
        {
            (SlotStatus.Cancelled, StoppedByUser) => "Execution cancelled because its run timed out",
            (SlotStatus.Cancelled, TakenBackByUser) => "Cancelled before execution started because its run timed out",
            _ => null,
        };
        if (error is null)
        {
            return this;
        }

        var result = Result is Value.Map map && map.TryGet("error", out _) ? map.With("error", Value.Of(error)) : Result;
        return this with { Error = error, Result = result };
    }

    /// <summary>Its request lay in its queue longer than a policy of the broker allows.</summary>
    public static ItemOutcome ExpiredUnread(DateTimeOffset at)
    {
        var outcome = Untold(SlotStatus.Failed, "Worker queue TTL expired", RunCodes.TaskUndeliverable);
        return outcome with
        {
            Result = ((Value.Map)outcome.Result)
                .With("message", Value.Of("No worker took it before a policy of the broker let it expire."))
                .With("expired_at", Value.Of(IsoTime.Write(at))),
        };
    }

    /// <summary>How far the action has come nobody knows: its worker was lost, or has lost contact.</summary>
    /// <param name="by">Who found it out: <c>executor</c> or <c>worker</c>.</param>
    public static ItemOutcome Abandoned(string by, string? worker, DateTimeOffset at)
    {
        const string Error = "Execution abandoned because its worker became unavailable while running";
        var outcome = Untold(SlotStatus.Abandoned, Error, RunCodes.TaskAbandoned);
        return outcome with
        {
            Result = ((Value.Map)outcome.Result)
                .With("abandoned_by", Value.Of(by))
                .With("original_status", Value.Of(StatusWords.Of(SlotStatus.Running)))
                .With("worker", Value.Of(worker))
                .With("reconciled_at", Value.Of(IsoTime.Write(at))),
        };
    }
}
