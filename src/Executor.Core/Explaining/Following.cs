using Executor.Core.Expressions;
using Executor.Core.Runs;

namespace Executor.Core.Explaining;

/// <summary>
/// Goes with a visit that has ended through the entries of its task's <c>next</c>, and looks again at conditions of
/// which the journal holds nothing: those that were not true.
/// </summary>
internal sealed class Following(VisitStory story, int ordinal)
{
    private int _next;

    public VisitStory Story { get; } = story;

    /// <param name="before">The run as it was when this transition was looked at.</param>
    public void Fired(RunState before, RunEvent.TransitionFired fired)
    {
        PassOver(before, fired.Transition);
        var published = string.Join(", ", fired.Published.Select(one => $"{one.Key} = {SeenText.Short(one.Value)}"));
        Add(before, fired.Transition, TransitionFate.Fired, published.Length > 0 ? published : null);
    }

    /// <param name="before">The run as it was when this transition was looked at.</param>
    public void ConditionFailed(RunState before, RunEvent.ConditionFailed failed)
    {
        PassOver(before, failed.Transition);
        Add(before, failed.Transition, TransitionFate.ConditionFailed, error: failed.Message);
    }

    /// <summary>The first transition from here on that matches is the one whose variables have no value.</summary>
    public void PublishFailed(RunState before, string message)
    {
        var next = before.Visits[ordinal]!.Task.Next;
        var place = Enumerable.Range(_next, next.Length - _next).First(at => !IsDecided(before, at) && Matches(before, at));
        PassOver(before, place);
        Add(before, place, TransitionFate.PublishFailed, error: message);
    }

    /// <summary>All transitions have been looked at; those that have left nothing in the journal did not fire.</summary>
    public void Close(RunState after) => PassOver(after, after.Visits[ordinal]!.Task.Next.Length);

    private bool Matches(RunState run, int place)
    {
        var visit = run.Visits[ordinal]!;
        try
        {
            return visit.Task.Next[place].When?.Evaluate(Transitions.ConditionScope(run, visit, place)).IsTruthy ?? true;
        }
        catch (ExpressionException)
        {
            return false;
        }
    }

    private void PassOver(RunState run, int end)
    {
        while (_next < end)
        {
            Add(
                run, _next, run.IsFailing ? TransitionFate.NotConsidered
                    : IsDecided(run, _next) ? TransitionFate.Decided
                    : TransitionFate.NotFired);
        }
    }

    /// <summary>Whether an entry before this one in the same decision has fired.</summary>
    private bool IsDecided(RunState run, int place)
    {
        var next = run.Visits[ordinal]!.Task.Next;
        for (; next[place].IsElse; place--)
        {
            if (Story.Transitions.Any(one => one.Place == place - 1 && one.Fate == TransitionFate.Fired))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(
        RunState run, int place, TransitionFate fate, string? published = null, string? error = null)
    {
        _next = place + 1;
        Story.Transitions.Add(new FollowedTransition(place, fate, Saw(run, place, fate), published, error));
    }

    private string Saw(RunState run, int place, TransitionFate fate)
    {
        var visit = run.Visits[ordinal]!;
        return fate is TransitionFate.NotConsidered or TransitionFate.Decided || visit.Task.Next[place].When is not { } when
            ? ""
            : SeenText.Of(when, Transitions.ConditionScope(run, visit, place));
    }
}
