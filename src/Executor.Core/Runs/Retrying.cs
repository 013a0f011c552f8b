using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Executor.Core.Expressions;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>Whether another attempt follows, and when.</summary>
internal static class Retrying
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <param name="WorkerLost">Does not count against <c>retry.count</c>.</param>
    public sealed record Again(TimeSpan Wait, bool WorkerLost);

    /// <returns>Null when the attempt was the last one.</returns>
    public static Again? After(Draft draft, TaskVisit visit, Slot slot, ItemOutcome outcome)
    {
        var run = draft.Run;
        if (run.IsFailing || run.IsStopping
            || outcome.Status is not (SlotStatus.Failed or SlotStatus.Timeout or SlotStatus.Abandoned))
        {
            return null;
        }

        var item = visit.Items[TaskVisit.Place(slot)]!;
        if (outcome.Status == SlotStatus.Abandoned && visit.Plan!.Idempotent && item.Losses < run.Limits.WorkerLosses)
        {
            return new Again(TimeSpan.Zero, WorkerLost: true);
        }

        var done = slot.Attempt - 1 - item.Losses;
        return visit.Task.Retry is { } retry && done < retry.Count && Wanted(draft, visit, slot, outcome)
            ? new Again(Wait(run.Id, slot, retry, done + 1), WorkerLost: false)
            : null;
    }

    public static void Schedule(Draft draft, Slot slot, Again again)
    {
        var next = slot with { Attempt = slot.Attempt + 1 };
        draft.Add(new RunEvent.RetryScheduled(next, draft.At + again.Wait, again.WorkerLost));
        if (again.Wait == TimeSpan.Zero)
        {
            Dispatching.Decide(draft, next);
        }
    }

    private static bool Wanted(Draft draft, TaskVisit visit, Slot slot, ItemOutcome outcome)
    {
        if (visit.Task.Retry!.When is not { } when)
        {
            return true;
        }

        var seen = new FrozenScope(draft.Run.Variables, draft.Run.Results, null, draft.At);
        var attempt = new Outcome(outcome.Status, outcome.Result, outcome.Error, null);
        try
        {
            var scope = new RunScope(draft.Run, seen, attempt, $"{slot}/retry") { Visit = (visit.Task, visit.Number) };
            return when.Evaluate(scope).IsTruthy;
        }
        catch (ExpressionException failed)
        {
            var (line, column) = failed.Error.At;
            draft.Add(new RunEvent.ConditionFailed(
                slot.Task, slot.Visit, -1, when.Source, "retry.error", failed.Error.Message, line, column));
            return false;
        }
    }

    /// <param name="number">Of the wait, from 1.</param>
    private static TimeSpan Wait(RunId run, Slot slot, RetrySpec retry, int number)
    {
        var factor = retry.Backoff switch
        {
            Backoff.Linear => number,
            Backoff.Exponential => Math.Pow(2, number - 1),
            _ => 1d,
        };
        var longest = Math.Min((retry.MaxDelay ?? Longest).TotalSeconds, Longest.TotalSeconds);
        var seconds = Math.Min(retry.Delay.TotalSeconds * factor, longest);
        return TimeSpan.FromSeconds(seconds * (1 + (retry.Jitter * Share(run, slot))));
    }

    /// <summary>From -1 to 1, the same for the same slot: a decision that is made again must be the same.</summary>
    private static double Share(RunId run, Slot slot)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{run.Text}/{slot}/jitter"));
        return (BinaryPrimitives.ReadUInt32BigEndian(hash) / (double)uint.MaxValue * 2) - 1;
    }
}
