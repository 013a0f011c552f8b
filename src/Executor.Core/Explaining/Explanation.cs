using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Explaining;

/// <summary>Why the tasks of a run ran, did not run, wait or failed: in sentences, from its journal alone.</summary>
/// <remarks>
/// The journal is folded again from its first entry. It tells which transitions fired; conditions that were not true
/// leave nothing in it, so they are evaluated once more, with the values that they saw then.
/// </remarks>
public static class Explanation
{
    /// <summary>Of a task with more visits only so many are explained, the latest.</summary>
    public const int MostVisits = 20;

    /// <param name="entries">The events of each entry, from the first on.</param>
    /// <param name="task">Null explains the run: each of its tasks by its latest visit.</param>
    /// <param name="atHand">Contents of results that the journal refers to; null has none.</param>
    /// <returns>In order of the file, then of the visits; null when the workflow has no such task.</returns>
    /// <exception cref="ContentMissingException">A condition must be looked at again that has read these.</exception>
    /// <exception cref="ArgumentException">The first entry is not the start of a run.</exception>
    public static ImmutableArray<Sentence>? Of(
        RunId id, IEnumerable<IEnumerable<RunEvent>> entries, string? task = null, StoredContents? atHand = null)
    {
        var journey = new Journey(id, atHand ?? StoredContents.None);
        foreach (var entry in entries)
        {
            journey.Add(entry);
        }

        if (journey.Run.Graph is not { } graph)
        {
            throw new ArgumentException("No entry starts this run.", nameof(entries));
        }

        return task is null ? [.. RunSentences.Of(journey.Run), .. graph.Tasks.SelectMany(one => Of(journey, one, 1))]
            : graph.Find(task) is { } only ? [.. Of(journey, only, MostVisits)]
            : null;
    }

    private static IEnumerable<Sentence> Of(Journey journey, TaskSpec task, int most)
    {
        var stories = journey.Of(task.Name).ToList();
        return stories.Count == 0
            ? AbsenceSentences.NotReached(journey, task)
            : stories.TakeLast(most).SelectMany(story => story.Opened is null
                ? AbsenceSentences.Waits(journey, task, story)
                : VisitSentences.Of(journey.Run, story));
    }
}
