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

    public Task<IReadOnlyList<RunId>> DueAsync(DateTimeOffset now, int limit, CancellationToken stop)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<RunId>>(
            [
                .. _rows.Where(pair => pair.Value.Due <= now)
                    .OrderBy(pair => pair.Value.Due)
                    .ThenBy(pair => pair.Key.Text, StringComparer.Ordinal)
                    .Take(limit)
                    .Select(pair => pair.Key),
            ]);
        }
    }

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
