using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Host.Output;

/// <summary>How often something was dispatched for each visit of a run.</summary>
internal sealed class DispatchCounts(IReadOnlyDictionary<(string Task, int Visit), int> counts)
{
    public int this[string task, int visit] => counts.GetValueOrDefault((task, visit));

    /// <summary>By the rows of the guard, which count apart from the run.</summary>
    public static DispatchCounts Of(IEnumerable<GuardRow> rows) => new(
        rows.CountBy(row => (row.Slot.Task, row.Slot.Visit)).ToDictionary(pair => pair.Key, pair => pair.Value));

    /// <summary>By the run's own count, as of any entry of its journal.</summary>
    public static DispatchCounts Of(IEnumerable<VisitView> visits) =>
        new(visits.ToDictionary(visit => (visit.Task, visit.Visit), visit => visit.Attempts));
}
