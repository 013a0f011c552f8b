using Executor.Core;

namespace Executor.Host.Output;

/// <summary>How many rows the guard holds for each visit of a run: an independent count of what was dispatched.</summary>
internal sealed class DispatchCounts(IReadOnlyDictionary<(string Task, int Visit), int> counts)
{
    public int this[string task, int visit] => counts.GetValueOrDefault((task, visit));

    public static DispatchCounts Of(IEnumerable<GuardRow> rows) => new(
        rows.CountBy(row => (row.Slot.Task, row.Slot.Visit)).ToDictionary(pair => pair.Key, pair => pair.Value));
}
