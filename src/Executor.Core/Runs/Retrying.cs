using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Executor.Core.Expressions;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>Whether another attempt follows, and when.</summary>
internal static class Retrying
{
    private const int CommandsWithoutSpec = 3;

    /// <param name="WorkerLost">Does not count against <c>retry.count</c>.</param>
    public sealed record Again(TimeSpan Wait, bool WorkerLost);

    /// <summary>What <c>retry.when</c> sees.</summary>
    public static RunScope ConditionScope(
        RunState run, TaskVisit visit, Slot slot, ItemOutcome outcome, DateTimeOffset at)
    {
        var seen = new FrozenScope(run.Variables, run.Results, null, at);
        var attempt = new Outcome(outcome.Status, ResultView.Of(outcome.Result), outcome.Error, null);
        return new RunScope(run, seen, attempt, $"{slot}/retry") { Visit = (visit.Task, visit.Number) };
    }

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
        if (again.Wait == TimeSpan.Zero && !draft.Run.HoldsBack)
        {
            Dispatching.Decide(draft, next);
        }
    }

    /// <summary>The engine command <c>retry</c>: once more, with items only for those that did not succeed.</summary>
    /// <returns>False when there is nothing to repeat, or it was repeated often enough.</returns>
    public static bool Repeat(Draft draft, TaskVisit visit)
    {
        var most = visit.Task.Retry?.Count ?? CommandsWithoutSpec;
        if (draft.Run.IsFailing || visit.Plan is null || visit.Retries >= most)
        {
            return false;
        }

        ImmutableArray<int> items = visit.HasItems
            ? [.. Enumerable.Range(0, visit.Plan.Count).Where(place => Failed(visit.Items[place]))]
            : [Slot.NoItem];
        if (items.IsEmpty)
        {
            return false;
        }

        draft.Add(new RunEvent.VisitRetried(visit.Task.Name, visit.Number, items, draft.At));
        Items.Fill(draft, visit.Ordinal);
        return true;
    }

    private static bool Failed(ItemState? item) => item is not null && Transitions.IsFailure(item.Status);

    private static bool Wanted(Draft draft, TaskVisit visit, Slot slot, ItemOutcome outcome)
    {
        if (visit.Task.Retry!.When is not { } when)
        {
            return true;
        }

        try
        {
            return when.Evaluate(ConditionScope(draft.Run, visit, slot, outcome, draft.At)).IsTruthy;
        }
        catch (ExpressionException failed)
        {
            var (line, column) = failed.Error.At;
            draft.Add(new RunEvent.ConditionFailed(
                slot.Task, slot.Visit, -1, when.Source, RunCodes.RetryError, failed.Error.Message, line, column));
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
        var longest = Math.Min((retry.MaxDelay ?? Durations.Longest).TotalSeconds, Durations.Longest.TotalSeconds);
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
