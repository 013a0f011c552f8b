using Executor.Core.Workflows;

namespace Executor.Core.Explaining;

/// <summary>What is said of a task: by which of its visits, and how many of them are left out.</summary>
internal static class TaskSentences
{
    /// <summary>By its latest visit and by those that ended badly and were not handled: they decide how the run ends.</summary>
    public static IEnumerable<Sentence> InShort(Journey journey, TaskSpec task)
    {
        var all = journey.Of(task.Name).ToList();
        var told = all.Where((story, place) => story.IsUnhandled || place == all.Count - 1)
            .TakeLast(Explanation.MostVisits).ToList();
        var rest = all.Count - told.Count;
        return LeftOut(task, rest, $"{Wording.Counted(rest, "other visit")} of '{task.Name}'", "name the task to be told of its latest ones.")
            .Concat(Of(journey, task, told));
    }

    public static IEnumerable<Sentence> Latest(Journey journey, TaskSpec task)
    {
        var all = journey.Of(task.Name).ToList();
        var told = all.TakeLast(Explanation.MostVisits).ToList();
        var rest = all.Count - told.Count;
        return LeftOut(
                task, rest, $"{Wording.Counted(rest, "earlier visit")} of '{task.Name}'",
                $"--visit N (visit=N of the API) tells of one, 1 to {rest}.")
            .Concat(Of(journey, task, told));
    }

    /// <returns>Null when there is no such visit.</returns>
    public static IEnumerable<Sentence>? Of(Journey journey, TaskSpec task, int visit) =>
        journey.Of(task.Name).ElementAtOrDefault(visit - 1) is { } story ? Of(journey, task, [story]) : null;

    private static IEnumerable<Sentence> LeftOut(TaskSpec task, int count, string visits, string advice) => count == 0
        ? []
        : [new Sentence(SentenceKind.LeftOut, task.Name, 0, $"{visits} {(count == 1 ? "is" : "are")} left out here; {advice}")];

    private static IEnumerable<Sentence> Of(Journey journey, TaskSpec task, List<VisitStory> told) => told.Count == 0
        ? AbsenceSentences.NotReached(journey, task)
        : told.SelectMany(story => story.Opened is null
            ? AbsenceSentences.Waits(journey, task, story)
            : VisitSentences.Of(journey.Run, story));
}
