using System.Collections.Immutable;
using Executor.Core.Explaining;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Host.Local;

/// <summary>Explains a run, and fetches large results where a condition must be looked at again that has read them.</summary>
internal static class Hindsight
{
    /// <inheritdoc cref="Explanation.Of"/>
    public static async Task<ImmutableArray<Sentence>?> OfAsync(
        RunId run, IReadOnlyList<IReadOnlyList<RunEvent>> entries, string? task, int? visit,
        Func<StoredResult, Task<Value>> contentOf)
    {
        for (var atHand = StoredContents.None; ;)
        {
            try
            {
                return Explanation.Of(run, entries, task, visit, atHand);
            }
            catch (ContentMissingException missing)
            {
                foreach (var result in missing.Results)
                {
                    atHand = atHand.With(result, await contentOf(result));
                }
            }
        }
    }

    /// <summary>Why nothing can be said of a task, or of one visit of it.</summary>
    public static (string Code, string Sentence) MistakeOf(
        RunId id, IReadOnlyList<IReadOnlyList<RunEvent>> entries, string task, int? visit)
    {
        var run = entries.Aggregate(RunState.Initial(id), (state, events) => state.Evolve(events));
        if (TaskNames.MistakeOf(run, task) is { } mistake)
        {
            return ("task.none", mistake);
        }

        var known = run.Track(run.Graph!.Find(task)!).Visits.Count switch
        {
            0 => "no visits yet",
            1 => "1 visit",
            var count => $"{count} visits, from 1 to {count}",
        };
        return ("visit.none", $"There is no visit {visit} of task '{task}': in run '{id}' it has {known}.");
    }
}
