using Executor.Core.Workflows;

namespace Executor.Core.Explaining;

/// <summary>What is said of the transitions after the end of a visit.</summary>
internal static class TransitionSentences
{
    public static IEnumerable<Sentence> Of(TaskSpec task, VisitStory story) =>
        story.Transitions.Select(one => new Sentence(KindOf(one.Fate), story.Task, story.Number, Text(task, one)));

    /// <summary>Why a way from here to another task was not taken; null when no transition names it.</summary>
    public static string? WhyNotTo(TaskSpec task, VisitStory story, string target)
    {
        var ways = story.Transitions.Where(one => task.Next[one.Place].Do.Contains(target))
            .Select(one => Text(task, one)).ToList();
        return ways.Count == 0 ? null : string.Join(' ', ways);
    }

    private static string Text(TaskSpec task, FollowedTransition one)
    {
        var transition = task.Next[one.Place];
        var name = Wording.Capital(Wording.Transition(task, one.Place));
        return one.Fate switch
        {
            TransitionFate.Fired => $"{name} fired and {Wording.Targets(transition)}.{Wording.Saw(one.Saw)}{Published(one)}",
            TransitionFate.NotFired => $"{name} did not fire.{Wording.Saw(one.Saw)}",
            TransitionFate.ConditionFailed => $"{name} did not fire, because it has no value: {one.Error}{Wording.Saw(one.Saw)}",
            TransitionFate.PublishFailed => $"{name} matched, but did not fire: {one.Error}",
            TransitionFate.Decided =>
                $"{name} was not looked at, because an entry before it in the same decision had fired.",
            _ => $"{name} was not looked at, because the run was failing already.",
        };
    }

    private static string Published(FollowedTransition one) => one.Published is null ? "" : $" It set {one.Published}.";

    private static SentenceKind KindOf(TransitionFate fate) => fate switch
    {
        TransitionFate.Fired => SentenceKind.Fired,
        TransitionFate.NotFired => SentenceKind.NotFired,
        TransitionFate.ConditionFailed => SentenceKind.ConditionFailed,
        TransitionFate.PublishFailed => SentenceKind.PublishFailed,
        _ => SentenceKind.NotConsidered,
    };
}
