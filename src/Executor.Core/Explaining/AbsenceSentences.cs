using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Explaining;

/// <summary>What is said of tasks that were not reached and of joins that wait: who has not come, and why.</summary>
internal static class AbsenceSentences
{
    public static IEnumerable<Sentence> NotReached(Journey journey, TaskSpec task)
    {
        var run = journey.Run;
        var sources = run.Graph!.Inbound(task);
        var never = run.HasEnded ? "has not run, and will not: the run has ended" : "has not run";
        var needed = run.Graph.Needed(task);
        var from = sources.IsEmpty ? ""
            : needed > 1 ? $". It joins {needed} of {Wording.Counted(sources.Length, "task")}: {Names(sources, ", ")}"
            : $". {Names(sources, " or ")} could have led to it";
        yield return new Sentence(SentenceKind.NotReached, task.Name, 0, $"'{task.Name}' {never}{from}.");
        foreach (var source in sources)
        {
            yield return new Sentence(SentenceKind.Missing, task.Name, 0, WhyNot(journey, source, task));
        }
    }

    public static IEnumerable<Sentence> Waits(Journey journey, TaskSpec task, VisitStory story)
    {
        var run = journey.Run;
        var sources = run.Graph!.Inbound(task);
        var arrived = story.Arrivals.Select(arrival => arrival.FromTask).ToHashSet(StringComparer.Ordinal);
        var missing = sources.Where(source => !arrived.Contains(source.Name)).ToList();
        var verb = run.HasEnded ? "has never begun" : "waits";
        yield return new Sentence(
            SentenceKind.Waits, task.Name, story.Number,
            $"{story.Name} {verb}: it joins {run.Graph.Needed(task)} of {Wording.Counted(sources.Length, "task")}. Arrived: "
            + $"{string.Join(", ", story.Arrivals.Select(one => $"{one.FromTask}/{one.FromVisit}"))}; missing: "
            + $"{string.Join(", ", missing.Select(source => source.Name))}.");
        foreach (var source in missing)
        {
            yield return new Sentence(SentenceKind.Missing, task.Name, story.Number, WhyNot(journey, source, task));
        }
    }

    /// <summary>By the latest visit of the one that should have come.</summary>
    private static string WhyNot(Journey journey, TaskSpec source, TaskSpec target)
    {
        var last = journey.Of(source.Name).LastOrDefault();
        return last switch
        {
            null => $"'{source.Name}' has not run either.",
            { Opened: null } => $"{last.Name} waits for others itself.",
            { Ended: null } => $"{last.Name} has not ended yet.",
            { Ended: { } ended } => $"{last.Name} ended {Wording.End(ended)}. "
                + (TransitionSentences.WhyNotTo(source, last, target.Name) ?? WhyNothing(journey.Run, last, target)),
        };
    }

    private static string WhyNothing(RunState run, VisitStory last, TaskSpec target) =>
        target.Parent is not null ? "Nothing inside of it began."
        : last.IsLeft ? StopWords.NothingLookedAt(run)
        : "No transition was followed from there.";

    private static string Names(IEnumerable<TaskSpec> tasks, string separator) =>
        string.Join(separator, tasks.Select(task => $"'{task.Name}'"));
}
