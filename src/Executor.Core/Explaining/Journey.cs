using Executor.Core.Runs;

namespace Executor.Core.Explaining;

/// <summary>A run's journal from its first entry on, and what it tells of each visit.</summary>
/// <param name="atHand">Contents of results that it refers to.</param>
internal sealed class Journey(RunId id, StoredContents atHand)
{
    private readonly Dictionary<(string Task, int Visit), VisitStory> _stories = [];
    private readonly Dictionary<(string Task, int Visit), int> _fired = [];
    private readonly Queue<Following> _followings = new();
    private string? _retryError;

    public RunState Run { get; private set; } = RunState.Initial(id) with { AtHand = atHand };

    /// <summary>When it was first asked to stop, or its time was up; null while it has not been.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>Of one task, in order of number; rounds of joins that still wait are among them.</summary>
    public IEnumerable<VisitStory> Of(string task)
    {
        for (var number = 1; _stories.TryGetValue((task, number), out var story); number++)
        {
            yield return story;
        }
    }

    /// <param name="entry">The events of the next journal entry.</param>
    public void Add(IEnumerable<RunEvent> entry)
    {
        foreach (var happened in entry)
        {
            Before(happened);
            var before = Run;
            Run = Run.Evolve(happened);
            After(before, happened);
        }

        CloseAll();
        Run = Run.EndEntry();
    }

    /// <summary>What must be looked at before the event changes it.</summary>
    private void Before(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.TransitionFired fired:
                _fired[(fired.Task, fired.Visit)] = fired.Transition;
                Followed(fired.Task, fired.Visit)?.Fired(Run, fired);
                break;
            case RunEvent.ConditionFailed { Transition: >= 0 } failed:
                Followed(failed.Task, failed.Visit)?.ConditionFailed(Run, failed);
                break;
            case RunEvent.ConditionFailed failed:
                _retryError = failed.Message;
                break;
            case RunEvent.VisitRetried retried:
                CloseThrough(Story(retried.Task, retried.Visit));
                break;
            case RunEvent.InnerEnded ended:
                CloseThrough(Story(ended.Inner, ended.InnerVisit));
                break;
            case RunEvent.ProblemFound { Problem: { Code: RunCodes.PublishError, Task: { } task } problem } found:
                Followed(task, found.Visit)?.PublishFailed(Run, problem.Message);
                break;
            case RunEvent.ProblemFound { Problem: { IsUnhandledTask: true, Task: { } task } } found:
                CloseThrough(Story(task, found.Visit));
                break;
            case RunEvent.ItemFinished finished:
                CloseAll();
                Attempted(finished);
                break;
            case RunEvent.DelayEnded or RunEvent.OverdueEnded or RunEvent.CancelRequested
                or RunEvent.RunTimedOut or RunEvent.RunEnded:
                CloseAll();
                break;
            default:
                break;
        }
    }

    private void After(RunState before, RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.CancelRequested { At: var at }:
                StoppedAt ??= at;
                break;
            case RunEvent.RunTimedOut { At: var at }:
                StoppedAt ??= at;
                break;
            case RunEvent.Arrived arrived:
                Story(arrived.Task, arrived.Visit).Arrivals.Add(new VisitStory.Arrival(
                    arrived.FromTask, arrived.FromVisit, _fired.GetValueOrDefault((arrived.FromTask, arrived.FromVisit))));
                break;
            case RunEvent.VisitOpened opened:
                Open(Story(opened.Task, opened.Visit), opened);
                break;
            case RunEvent.VisitKept kept:
                Story(kept.Task, kept.Visit).Kept = kept;
                break;
            case RunEvent.VisitEnded ended:
                End(before, Story(ended.Task, ended.Visit), ended);
                break;
            case RunEvent.RetryScheduled { Slot: var next } scheduled:
                Story(next.Task, next.Visit).Attempts.Follow(scheduled);
                break;
            case RunEvent.VisitRetried retried:
                var repeated = Story(retried.Task, retried.Visit);
                repeated.Repeats.Add(retried);
                repeated.Ended = null;
                break;
            case RunEvent.ProblemFound { Problem: { IsUnhandledTask: true, Task: { } task } } found:
                Story(task, found.Visit).IsUnhandled = true;
                break;
            default:
                break;
        }
    }

    private void Attempted(RunEvent.ItemFinished finished)
    {
        var story = Story(finished.Slot.Task, finished.Slot.Visit);
        if (finished.Outcome.Status != SlotStatus.Completed)
        {
            var visit = Run.Visit(story.Task, story.Number)!;
            story.Attempts.Add(AttemptStory.Of(Run, visit, finished, _retryError));
        }

        _retryError = null;
    }

    private void Open(VisitStory story, RunEvent.VisitOpened opened)
    {
        story.Opened = opened;
        story.ArrivedBefore = story.Arrivals.Count;
        var visit = Run.Visit(opened.Task, opened.Visit)!;
        if (opened.Plan is null && visit.Task.When is { } when)
        {
            story.Refusal = SeenText.Of(when, VisitTemplates.Of(Run, visit).ConditionScope());
        }
    }

    private void End(RunState before, VisitStory story, RunEvent.VisitEnded ended)
    {
        story.Ended = ended;
        story.Transitions.Clear();
        story.IsUnhandled = false;
        story.IsLeft = before.IsStopping;
        if (!before.IsStopping)
        {
            _followings.Enqueue(new Following(story, Run.Visit(ended.Task, ended.Visit)!.Ordinal));
        }
    }

    /// <summary>Visits are followed one after the other: all that ended before this one are done.</summary>
    private Following? Followed(string task, int visit)
    {
        var story = Story(task, visit);
        while (_followings.TryPeek(out var first) && first.Story != story && _followings.Any(one => one.Story == story))
        {
            _followings.Dequeue().Close(Run);
        }

        return _followings.TryPeek(out var found) && found.Story == story ? found : null;
    }

    private void CloseThrough(VisitStory story)
    {
        if (Followed(story.Task, story.Number) is { } following)
        {
            _followings.Dequeue();
            following.Close(Run);
        }
    }

    private void CloseAll()
    {
        while (_followings.TryDequeue(out var following))
        {
            following.Close(Run);
        }
    }

    private VisitStory Story(string task, int number)
    {
        if (!_stories.TryGetValue((task, number), out var story))
        {
            _stories.Add((task, number), story = new VisitStory(task, number));
        }

        return story;
    }
}
