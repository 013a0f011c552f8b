using Executor.Core.Runs;

namespace Executor.Core.Explaining;

/// <summary>An attempt that did not succeed.</summary>
/// <param name="WhyLast">Why no other follows, as a sentence; null where one does, or none would have in any case.</param>
internal sealed record AttemptStory(RunEvent.ItemFinished Ended, string? WhyLast)
{
    /// <summary>Of one visit; the others are counted with its items.</summary>
    public const int Most = 10;

    /// <summary>Null when no other follows.</summary>
    public RunEvent.RetryScheduled? Next { get; set; }

    public bool IsFollowedBy(Slot next) =>
        Next is null && Ended.Slot.Item == next.Item && Ended.Slot.Attempt + 1 == next.Attempt;

    /// <param name="run">As it was before.</param>
    /// <param name="error">Why <c>retry.when</c> had no value; null when it had, or was not asked.</param>
    public static AttemptStory Of(RunState run, TaskVisit visit, RunEvent.ItemFinished ended, string? error)
    {
        if (!ended.Last || visit.Task.Retry is not { } retry || !Transitions.IsFailure(ended.Outcome.Status)
            || run.IsFailing || run.IsStopping)
        {
            return new AttemptStory(ended, null);
        }

        if (error is not null)
        {
            return new AttemptStory(ended, $"No other follows, because retry.when has no value: {error}");
        }

        var done = ended.Slot.Attempt - 1 - visit.Items[TaskVisit.Place(ended.Slot)]!.Losses;
        if (done >= retry.Count || retry.When is not { } when)
        {
            return new AttemptStory(ended, $"It was the last of {retry.Count + 1}.");
        }

        var saw = SeenText.Of(when, Retrying.ConditionScope(run, visit, ended.Slot, ended.Outcome, ended.At));
        return new AttemptStory(
            ended, $"No other follows, because retry.when ({when.Source.Trim()}) was not true.{Wording.Saw(saw)}");
    }
}
