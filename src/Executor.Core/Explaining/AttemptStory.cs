using Executor.Core.Runs;

namespace Executor.Core.Explaining;

/// <summary>An attempt that did not succeed.</summary>
/// <param name="WhyLast">Why no other follows, as a sentence; null where one does, or none would have in any case.</param>
/// <param name="IsPart">The end of its visit does not say all of it: it was one item of several, or a called run.</param>
internal sealed record AttemptStory(RunEvent.ItemFinished Ended, string? WhyLast, bool IsPart)
{
    /// <summary>Null when no other follows.</summary>
    public RunEvent.RetryScheduled? Next { get; set; }

    public bool IsTold => IsPart || Next is not null || WhyLast is not null;

    public bool IsFollowedBy(Slot next) => Ended.Slot.Item == next.Item && Ended.Slot.Attempt + 1 == next.Attempt;

    /// <param name="run">As it was before.</param>
    /// <param name="error">Why <c>retry.when</c> had no value; null when it had, or was not asked.</param>
    public static AttemptStory Of(RunState run, TaskVisit visit, RunEvent.ItemFinished ended, string? error) =>
        new(ended, WhyNotAgain(run, visit, ended, error), visit.HasItems || visit.Plan is { IsCall: true });

    private static string? WhyNotAgain(RunState run, TaskVisit visit, RunEvent.ItemFinished ended, string? error)
    {
        if (!ended.Last || visit.Task.Retry is not { } retry || !Transitions.IsFailure(ended.Outcome.Status))
        {
            return null;
        }

        if (run.IsFailing || run.IsStopping)
        {
            return $"No other follows, because the run {(run.IsStopping ? StopWords.Was(run) : "was failing already")}.";
        }

        if (error is not null)
        {
            return $"No other follows, because retry.when has no value: {error}";
        }

        if (ended.Outcome.Status == SlotStatus.Cancelled)
        {
            return "No other follows, because it was cancelled.";
        }

        var done = ended.Slot.Attempt - 1 - visit.Items[TaskVisit.Place(ended.Slot)]!.Losses;
        if (done >= retry.Count || retry.When is not { } when)
        {
            return $"It was the last of {retry.Count + 1}.";
        }

        var saw = SeenText.Of(when, Retrying.ConditionScope(run, visit, ended.Slot, ended.Outcome, ended.At));
        return $"No other follows, because retry.when ({when.Source.Trim()}) was not true.{Wording.Saw(saw)}";
    }
}
