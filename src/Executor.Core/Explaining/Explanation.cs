using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Runs;

namespace Executor.Core.Explaining;

/// <summary>Why the tasks of a run ran, did not run, wait or failed: in sentences, from its journal alone.</summary>
/// <remarks>
/// The journal is folded again from its first entry. It tells which transitions fired; conditions that were not true
/// leave nothing in it, so they are evaluated once more, with the values that they saw then.
/// </remarks>
public static class Explanation
{
    /// <summary>Of a task with more visits only so many are explained at once, the latest.</summary>
    public const int MostVisits = 20;

    /// <param name="entries">The events of each entry, from the first on.</param>
    /// <param name="task">
    /// Null explains the run: each of its tasks by its latest visit and by those of which nothing led on.
    /// </param>
    /// <param name="visit">Of the task, from 1; null explains its latest visits.</param>
    /// <param name="atHand">Contents of results that the journal refers to; null has none.</param>
    /// <returns>In order of the file, then of the visits; null when the workflow has no such task, or that no such visit.</returns>
    /// <exception cref="ContentMissingException">A condition must be looked at again that has read these.</exception>
    /// <exception cref="ArgumentException">The first entry is not the start of a run.</exception>
    public static ImmutableArray<Sentence>? Of(
        RunId id, IEnumerable<IEnumerable<RunEvent>> entries, string? task = null, int? visit = null,
        StoredContents? atHand = null)
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

        return task is null ? [.. RunSentences.Of(journey), .. graph.Tasks.SelectMany(one => TaskSentences.InShort(journey, one))]
            : graph.Find(task) is not { } only ? null
            : visit is not { } number ? [.. TaskSentences.Latest(journey, only)]
            : TaskSentences.Of(journey, only, number) is { } sentences ? [.. sentences]
            : null;
    }
}
