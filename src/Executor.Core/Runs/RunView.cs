using System.Collections;
using System.Collections.Immutable;

namespace Executor.Core.Runs;

/// <summary>What people see of a run.</summary>
/// <param name="CurrentTasks">
/// Each task that was reached is in exactly one of the first four lists: here while a visit is open.
/// </param>
/// <param name="CompletedTasks">By the visit that ended last, as the next two.</param>
/// <param name="FailedTasks">Failed, timed out, abandoned or cancelled.</param>
/// <param name="WaitingJoins">Joins with arrivals, but too few; a join may also be in one of the other lists.</param>
/// <param name="Visits">
/// In the order in which they began; rounds of joins that still wait are left to <paramref name="WaitingJoins"/>.
/// </param>
public sealed record RunView(
    RunId Id,
    RunStatus Status,
    IReadOnlyList<string> CurrentTasks,
    IReadOnlyList<string> CompletedTasks,
    IReadOnlyList<string> FailedTasks,
    IReadOnlyList<string> SkippedTasks,
    IReadOnlyList<string> WaitingJoins,
    IReadOnlyList<VisitView> Visits,
    int Dispatches,
    ImmutableList<RunProblem> Problems,
    string? Error,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>
    /// Costs a look at each task, but at no visit and no item: those are projected when they are read.
    /// </summary>
    public static RunView Of(RunState run)
    {
        var lists = TaskLists.Of(run);
        return new RunView(
            run.Id, run.Status, lists.Current, lists.Completed, lists.Failed, lists.Skipped, lists.Waiting,
            new OpenedVisits(run), run.DispatchCount, run.Problems, run.Error, run.StartedAt, run.EndedAt);
    }

    private sealed class OpenedVisits(RunState run) : IReadOnlyList<VisitView>
    {
        public int Count => run.OpenedCount;

        public VisitView this[int index] => this.ElementAt(index);

        public IEnumerator<VisitView> GetEnumerator()
        {
            for (var ordinal = 0; ordinal < run.VisitCount; ordinal++)
            {
                if (run.Visits[ordinal] is { OpenedAt: not null } visit)
                {
                    yield return VisitView.Of(visit);
                }
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
