using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Fakes;

public sealed class InMemoryDueTimes : IDueTimes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, DueRow> _rows = [];

    public Task<IReadOnlyList<DueRow?>> StepAsync(IReadOnlyList<DueStep> batch, CancellationToken stop)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<DueRow?>>([.. batch.Select(Step)]);
        }
    }

    public Task<IReadOnlyList<DueRun>> DueAsync(DateTimeOffset now, DueRun? after, int limit, CancellationToken stop)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<DueRun>>(
            [
                .. _rows.Select(pair => new DueRun(pair.Key, pair.Value.Due))
                    .Where(run => run.Due <= now && (after is null || Compare(run, after) > 0))
                    .Order(Comparer<DueRun>.Create(Compare))
                    .Take(limit),
            ]);
        }
    }

    private static int Compare(DueRun one, DueRun other) => one.Due != other.Due
        ? one.Due.CompareTo(other.Due)
        : string.CompareOrdinal(one.Run.Text, other.Run.Text);

    private DueRow? Step(DueStep step)
    {
        var before = _rows.GetValueOrDefault(step.Run);
        if (step.Apply(before) is { } after)
        {
            _rows[step.Run] = after;
        }
        else
        {
            _rows.Remove(step.Run);
        }

        return before;
    }
}
